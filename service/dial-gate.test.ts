import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { createAdmission } from './storage/admission.ts';
import { createFeed } from './storage/feed.ts';
import { openStore } from './storage/store.ts';
import { callIdIn, callIn } from './testing/inbound-call.ts';
import { askToCall, dials, endCall, mobile, newSid, STANDARD_LIMITS, twimlOf } from './testing/outgoing-calls.ts';
import { reportPhone } from './testing/phones.ts';
import { startRestStub } from './testing/rest-stub.ts';
import { crmToken, startTestService, type TestService } from './testing/test-service.ts';

let service: TestService;
/** The service's clock stands at noon, unless a test moves it: a day must not end in the middle of one. */
let skew = 0;
const clock = () => new Date(Date.parse('2026-11-25T12:00:00Z') + skew);
afterEach(() => service.remove());

async function start(changes: Record<string, string | undefined> = {}): Promise<void> {
  skew = 0;
  service = await startTestService({ ...STANDARD_LIMITS, ...changes }, { clock });
}

const ask = (to: string, sub?: string, callId?: string) =>
  askToCall(service, to, sub, { at: clock(), ...(callId && { callId }) });
const range = (count: number) => Array.from({ length: count }, (_, index) => index);
const codes = (asked: { code: string | undefined }[]) => asked.map(({ code }) => code ?? 'yes').sort();

test('ten calls a minute: of twenty that are asked for at once exactly ten, and the eleventh hears why', async () => {
  await start();
  const asked = await Promise.all(range(20).map((index) => ask(mobile(index))));
  assert.deepEqual(codes(asked), [...range(10).map(() => 'calls-too-many'), ...range(10).map(() => 'yes')]);
  assert.ok(asked.every(({ status, code }) => status === (code ? 429 : 201)));
});

test('another agent is not held up by it, and after a while the same is not either', async () => {
  await start();
  for (const index of range(10)) await ask(mobile(index));
  assert.equal((await ask(mobile(11))).code, 'calls-too-many');
  assert.equal((await ask(mobile(11), 'karim')).code, undefined);
  // Intents that became no call count only as long as they could become one.
  skew = 31_000;
  assert.equal((await ask(mobile(11))).code, undefined);
});

test('one call at a time: of ten that the carrier asks about at once exactly one is dialled, with HTTP 200', async () => {
  await start();
  const asked = await Promise.all(range(10).map((index) => ask(mobile(index))));
  assert.ok(
    asked.every(({ status }) => status === 201),
    'intents that are no calls are not open calls',
  );
  const twimls = await Promise.all(asked.map(({ callId }) => twimlOf(service, callId)));
  assert.equal(twimls.filter(dials).length, 1);
  for (const twiml of twimls.filter((each) => !dials(each))) {
    assert.match(twiml, /<Say language="ar-AE">.*<Say language="en-US">.*<Hangup\/>/s);
    assert.doesNotMatch(twiml, /limit|agent|open/i);
  }
});

test('a second call hears why not while the first is open, and is free at the end of the first', async () => {
  await start();
  const [first, sid] = [await ask(mobile(1)), newSid()];
  assert.ok(dials(await twimlOf(service, first.callId, 'mona', sid)));
  assert.equal((await ask(mobile(2))).code, 'calls-at-once');
  await endCall(service, sid);
  assert.equal((await ask(mobile(2))).code, undefined);
});

test('who hangs up and calls again before the carrier has told the end is not refused', async () => {
  await start();
  const [first, sid] = [await ask(mobile(1)), newSid()];
  await twimlOf(service, first.callId, 'mona', sid);
  const second = ask(mobile(2));
  setTimeout(() => void endCall(service, sid), 300);
  assert.equal((await second).code, undefined);
});

test('an end that nobody tells blocks no longer than the longest call', async () => {
  await start({ LONGEST_CALL_MINUTES: '3' });
  const first = await ask(mobile(1));
  const twiml = await twimlOf(service, first.callId);
  assert.match(twiml, /timeLimit="180"/);
  skew = 60_000;
  assert.equal((await ask(mobile(2))).code, 'calls-at-once');
  skew = 400_000;
  assert.equal((await ask(mobile(2))).code, undefined);
});

test('the same call asked about again gets the same answer, be it yes or no', async () => {
  await start();
  const [first, second] = [await ask(mobile(1)), await ask(mobile(2))];
  const [firstSid, secondSid] = [newSid(), newSid()];
  const yes = await twimlOf(service, first.callId, 'mona', firstSid);
  const no = await twimlOf(service, second.callId, 'mona', secondSid);
  assert.deepEqual([dials(yes), dials(no)], [true, false]);
  await endCall(service, firstSid);
  assert.equal(await twimlOf(service, second.callId, 'mona', secondSid), no);
  assert.equal(await twimlOf(service, first.callId, 'mona', firstSid), yes);
});

test('one intent that two hundred legs ask about at once dials once', async () => {
  await start({ CALLS_AT_ONCE_AGENT: '500' });
  const { callId } = await ask(mobile(1));
  const twimls = await Promise.all(range(200).map(() => twimlOf(service, callId)));
  assert.equal(twimls.filter(dials).length, 1);
});

test('the account has fifty calls open at most, whoever they are of', async () => {
  await start({ CALLS_AT_ONCE: '7' });
  const asked = await Promise.all(
    range(12).map(async (index) => ({ ...(await ask(mobile(index), `agent${index}`)), index })),
  );
  const twimls = await Promise.all(asked.map(({ callId, index }) => twimlOf(service, callId, `agent${index}`)));
  assert.equal(twimls.filter(dials).length, 7);
  assert.equal((await ask(mobile(99), 'someone')).code, 'calls-at-once');
});

test('one number is called five times an hour by everybody together', async () => {
  await start();
  const asked = await Promise.all(range(8).map((index) => ask(mobile(1), `agent${index}`)));
  assert.deepEqual(codes(asked), [...range(3).map(() => 'number-called-too-often'), ...range(5).map(() => 'yes')]);
  for (const { callId, code } of asked) {
    if (!code) assert.ok(dials(await twimlOf(service, callId, `agent${asked.findIndex((a) => a.callId === callId)}`)));
  }
  skew = 50 * 60_000;
  assert.equal((await ask(mobile(1), 'late')).code, 'number-called-too-often');
});

test('a repeated question for one call takes one place', async () => {
  await start({ CALLS_PER_MINUTE_AGENT: '2' });
  const { callId } = await ask(mobile(1));
  for (const _ of range(5)) assert.equal((await ask(mobile(1), 'mona', callId)).status, 201);
  assert.equal((await ask(mobile(2))).status, 201);
  assert.equal((await ask(mobile(3))).status, 429);
});

test('money: minutes are counted as they are known, and the limit of the day is not passed', async () => {
  await start({ RATES: 'EG:0.10', SPEND_LIMIT_AGENT_DAY: '0.5' });
  const talk = async (seconds: number | undefined) => {
    const [asked, sid] = [await ask(mobile(Math.floor(Math.random() * 1e6))), newSid()];
    if (asked.code) return asked.code;
    const twiml = await twimlOf(service, asked.callId, 'mona', sid);
    await endCall(service, sid, seconds);
    return dials(twiml) ? 'yes' : 'no';
  };
  assert.equal(await talk(61), 'yes');
  assert.equal(await talk(undefined), 'yes', 'nobody answered: it costs nothing');
  assert.equal(await talk(120), 'yes');
  assert.equal(await talk(60), 'yes', 'the last of five minutes');
  assert.equal(await talk(1), 'spend-limit');
  assert.equal((await ask(mobile(5), 'karim')).code, undefined, 'it is the limit of one agent');
});

test('money: an open call counts with all that it may cost, for the whole account too', async () => {
  await start({ RATES: 'EG:0.10', SPEND_LIMIT_DAY: '0.30' });
  const first = await ask(mobile(1));
  assert.ok(dials(await twimlOf(service, first.callId)));
  const waiting = await ask(mobile(3), 'nour');
  assert.equal((await ask(mobile(2), 'karim')).code, undefined);
  skew = 25_000;
  assert.equal((await ask(mobile(4), 'samir')).code, undefined);
  // Each may last a minute; two more calls are put through, the third would pass the limit.
  const karim = await ask(mobile(2), 'karim');
  assert.ok(dials(await twimlOf(service, karim.callId, 'karim')));
  assert.ok(dials(await twimlOf(service, waiting.callId, 'nour')));
  const late = await ask(mobile(4), 'samir');
  assert.equal(late.code, 'spend-limit');
  skew = 130_000;
  assert.equal((await ask(mobile(9), 'hoda')).code, 'spend-limit');
});

test('money: what a call costs is settled by its end, however late or twice that is told', async () => {
  await start({ RATES: 'EG:0.10', SPEND_LIMIT_AGENT_DAY: '0.20' });
  const [first, sid] = [await ask(mobile(1)), newSid()];
  await twimlOf(service, first.callId, 'mona', sid);
  skew = 10 * 60_000;
  // Ten minutes on the clock, and of those one was a conversation.
  for (const _ of range(2)) await endCall(service, sid, 60);
  assert.equal((await ask(mobile(2))).code, undefined);
});

test('a day ends at midnight UTC', async () => {
  await start({ RATES: 'EG:0.10', SPEND_LIMIT_AGENT_DAY: '0.10', CALLS_PER_DAY_AGENT: '1' });
  const [first, sid] = [await ask(mobile(1)), newSid()];
  await twimlOf(service, first.callId, 'mona', sid);
  await endCall(service, sid, 60);
  skew = 12 * 3_600_000 - 1000;
  assert.equal((await ask(mobile(2))).code, 'calls-too-many');
  skew = 12 * 3_600_000;
  assert.equal((await ask(mobile(2))).code, undefined);
});

const secondsOf = (twiml: string) => Number(/timeLimit="(\d+)"/.exec(twiml)?.[1] ?? 0);

test('money: a conversation lasts as long as its share of the budget pays for, and asked again just as long', async () => {
  await start({ RATES: 'EG:0.10', SPEND_LIMIT_AGENT_DAY: '1.25', SPEND_LIMIT_DAY: '1.75', CALLS_AT_ONCE_AGENT: '2' });
  const [first, sid] = [await ask(mobile(1)), newSid()];
  assert.equal(secondsOf(await twimlOf(service, first.callId, 'mona', sid)), 240, 'of the account: 17.5 minutes / 4');
  const [second, secondSid] = [await ask(mobile(2)), newSid()];
  const seconds = secondsOf(await twimlOf(service, second.callId, 'mona', secondSid));
  assert.equal(seconds, 180, 'of the account: (17.5 − 4 minutes) / 4');
  await endCall(service, sid, 100);
  await endCall(service, secondSid, 60);
  const [third, thirdSid] = [await ask(mobile(3)), newSid()];
  assert.equal(secondsOf(await twimlOf(service, third.callId, 'mona', thirdSid)), 180, 'they took three minutes');
  skew = 90_000;
  assert.equal(secondsOf(await twimlOf(service, third.callId, 'mona', thirdSid)), 180);
  const other = await ask(mobile(4), 'karim');
  assert.equal(secondsOf(await twimlOf(service, other.callId, 'karim')), 120, 'of the account: (17.5 − 3 − 3) / 4');
});

test('money: an agent with one call at a time is given all that is left of a budget of one’s own', async () => {
  await start({ RATES: 'EG:0.10', SPEND_LIMIT_AGENT_DAY: '0.55' });
  const { callId } = await ask(mobile(1));
  assert.equal(secondsOf(await twimlOf(service, callId)), 300);
});

test('money: calls that open at once may last, together, as long as the budget pays for', async () => {
  await start({ RATES: 'EG:0.10', SPEND_LIMIT_DAY: '3', LONGEST_CALL_MINUTES: '20' });
  const asked = await Promise.all(range(20).map((index) => ask(mobile(index), `agent${index}`)));
  assert.ok(asked.every(({ status }) => status === 201));
  const calls = await Promise.all(
    asked.map(async ({ callId }, index) => {
      const sid = newSid();
      return { sid, minutes: secondsOf(await twimlOf(service, callId, `agent${index}`, sid)) / 60 };
    }),
  );
  const minutes = calls.map((call) => call.minutes).filter((each) => each > 0);
  assert.equal(
    minutes.reduce((sum, each) => sum + each, 0),
    30,
  );
  assert.ok(minutes.length > 10 && minutes.length < 20, `${minutes.length} of 20`);
  assert.equal((await ask(mobile(30), 'late')).code, 'spend-limit');
  // What a call has not used is there for others when it ends.
  for (const { sid, minutes } of calls) if (minutes > 0) await endCall(service, sid, 60);
  const late = await ask(mobile(31), 'late');
  const left = 30 - minutes.length;
  assert.equal(secondsOf(await twimlOf(service, late.callId, 'late')), 60 * Math.floor(left / 4));
});

test('money: the sums of a day are what its calls have cost, whatever is told of them and how often', async () => {
  await start({ RATES: 'EG:0.10', SPEND_LIMIT_AGENT_DAY: '1000', CALLS_AT_ONCE_AGENT: '100' });
  const store = await openStore(service.config.databaseUrl);
  const admission = createAdmission(
    store,
    createFeed(() => {}),
    { ...service.config, clock },
  );
  for (const index of range(9)) {
    const sub = index % 2 ? 'mona' : 'karim';
    const [{ callId }, sid] = [await ask(mobile(index), sub), newSid()];
    await twimlOf(service, callId, sub, sid);
    const price = () => admission.priced(callId, 1234 * index);
    if (index % 3 === 0) await price();
    if (index % 4 !== 3) await endCall(service, sid, 50 * index);
    if (index % 3 === 1) await price();
    await endCall(service, sid, 60 * index);
  }
  const sums = await store.db
    .selectFrom('placed_calls')
    .select(({ fn }) => ['agent_id', fn.sum<number>('cost').as('amount')])
    .groupBy('agent_id')
    .orderBy('agent_id')
    .execute();
  const kept = await store.db.selectFrom('spent').selectAll().orderBy('agent_id').execute();
  await store.close();
  assert.deepEqual(
    kept.map(({ day, agent_id, amount }) => [day, agent_id, amount]),
    sums.map(({ agent_id, amount }) => ['2026-11-25', agent_id, amount]),
  );
  assert.ok(kept.length === 2 && kept.every(({ amount }) => amount > 5000));
});

test('no call hides behind the id of another: of one that is long over, of a customer’s', async (t) => {
  const rest = await startRestStub();
  t.after(() => rest.close());
  await start({ TWILIO_API_BASE_URL: rest.url });
  const [first, sid] = [await ask(mobile(1)), newSid()];
  await twimlOf(service, first.callId, 'mona', sid);
  await endCall(service, sid, 60);
  const issuedAt = Math.floor(clock().getTime() / 1000);
  await reportPhone(service, { bearer: await crmToken({ sub: 'karim', issuedAt, expiresAt: issuedAt + 300 }) });
  const customers = callIdIn(await callIn(service, newSid()));
  skew = 3 * 86_400_000;
  // The limits forget the calls of other days when they are asked.
  await ask(mobile(2));
  skew += 3_600_000;
  for (const callId of [first.callId, customers]) {
    assert.deepEqual(
      [(await ask(mobile(3), 'mona', callId)).code, dials(await twimlOf(service, callId))],
      ['call-id-taken', false],
    );
  }
});
