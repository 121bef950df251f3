import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, test } from 'node:test';
import type { CallPage, DialAnswer, ErrorAnswer, SettingsAnswer } from '../contract.ts';
import { callIn, CUSTOMER } from '../testing/inbound-call.ts';
import { newSid, twimlOf } from '../testing/outgoing-calls.ts';
import { crmToken, startTestService, type TestService } from '../testing/test-service.ts';

const [SALES, CARE, SOLD, FOREIGN] = ['+20224610000', '+20224610001', '+20224610002', '+15005550006'] as const;

let service: TestService;
/** What the carrier says that the account has. */
let owned: Set<string>;

beforeEach(async () => {
  owned = new Set([SALES, CARE]);
  const known = () => Promise.resolve({ incoming: owned, callerIds: owned });
  const TWILIO_CALLER_ID = `${SALES}:المبيعات:Sales, ${CARE}:Care,${SOLD}`;
  service = await startTestService({ TWILIO_CALLER_ID }, { accountNumbers: { known } });
});
afterEach(() => service.remove());

const bearerOf = (callerIds?: readonly string[]) => crmToken(callerIds ? { callerIds } : {});

async function dial(callerId?: string, allowed?: readonly string[], to: string = CUSTOMER, callId = randomUUID()) {
  const body = { callId, to, ...(callerId !== undefined && { callerId }) };
  const answer = await service.asAgent('/api/calls', { bearer: await bearerOf(allowed), method: 'POST', body });
  const said = (await answer.json()) as DialAnswer & ErrorAnswer;
  return { callId, status: answer.status, shown: said.callerId, line: said.line, code: said.code };
}

const shownIn = (twiml: string) => /callerId="([^"]+)"/.exec(twiml)?.[1];

async function settings(allowed?: readonly string[]): Promise<SettingsAnswer> {
  const answer = await service.asAgent('/api/calls/settings', { bearer: await bearerOf(allowed) });
  return (await answer.json()) as SettingsAnswer;
}

test('settings tell the numbers that this agent may show, with what the operator calls them', async () => {
  const sales = { number: SALES, label: { ar: 'المبيعات', en: 'Sales' } };
  const care = { number: CARE, label: { ar: 'Care', en: 'Care' } };
  assert.deepEqual((await settings()).callerIds, [sales, care]);
  assert.deepEqual((await settings([CARE, FOREIGN])).callerIds, [care]);
  assert.deepEqual((await settings([FOREIGN])).callerIds, []);
});

test('the customer sees the number that the agent has chosen, and log and CSV say which', async () => {
  const { callId, shown, line } = await dial(CARE);
  assert.deepEqual([shown, line], [CARE, CARE]);
  assert.equal(shownIn(await twimlOf(service, callId)), CARE);
  const { calls } = (await (await service.asAgent('/api/calls')).json()) as CallPage;
  assert.deepEqual(
    calls.map((call) => [call.callId, call.callerId]),
    [[callId, CARE]],
  );
  const csv = await (await service.asAgent('/api/calls.csv')).text();
  assert.match(csv.split('\r\n')[1] ?? '', /\+20224610001/);
});

test('a number that is not configured, not the account’s, or not this agent’s is refused by its own code', async () => {
  const refused = [422, 'caller-id-refused'];
  for (const [number, allowed] of [
    [FOREIGN, undefined],
    [FOREIGN, [FOREIGN, SALES]],
    [SOLD, undefined],
    [CARE, [SALES]],
    ['0224610001', undefined],
    ['client:karim', undefined],
  ] as const) {
    const { status, code } = await dial(number, allowed);
    assert.deepEqual([status, code], refused, number);
  }
  const { callId } = await dial(FOREIGN);
  assert.equal(shownIn(await twimlOf(service, callId)), undefined, 'there is no intent');
  assert.equal((await dial(CARE, [FOREIGN])).code, 'no-caller-id', 'who may show none is told that');
  assert.equal((await dial('')).code, 'invalid-request');
});

test('where the carrier asks, it is looked at again: a number that the account has lost meanwhile is not shown', async () => {
  const { callId } = await dial(CARE);
  owned.delete(CARE);
  assert.equal(shownIn(await twimlOf(service, callId)), undefined);
  const record = (await (await service.asAgent(`/api/calls/${callId}`)).json()) as { refusal: string };
  assert.equal(record.refusal, 'caller-id-refused');
});

test('the same call asked for again with another number is another call; with the same it is the same', async () => {
  const first = await dial(CARE);
  assert.equal((await dial(CARE, undefined, CUSTOMER, first.callId)).shown, CARE);
  assert.equal((await dial(SALES, undefined, CUSTOMER, first.callId)).code, 'call-id-taken');
});

test('who calls back shows the line that the customer called last, if it may be shown and nothing else is chosen', async () => {
  assert.equal((await dial()).shown, SALES, 'the customer has not called');
  await callIn(service, newSid(), CUSTOMER, SALES);
  await callIn(service, newSid(), CUSTOMER, CARE);
  assert.equal((await dial()).shown, CARE);
  assert.equal((await dial(SALES)).shown, SALES);
  assert.equal((await dial(undefined, [SALES])).shown, SALES);
  assert.equal((await dial(undefined, undefined, '+201001234599')).shown, SALES, 'another customer');
  owned.delete(CARE);
  assert.equal((await dial()).shown, SALES);
});
