import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { createLogger } from '../logger.ts';
import { askToCall, dials, mobile, newSid, twimlOf } from '../testing/outgoing-calls.ts';
import { startTestService } from '../testing/test-service.ts';
import { createAccountNumbers } from './account-numbers.ts';
import { createRestClient } from './rest-client.ts';

const OWN = ['+20224610000', '+20224610001', '+20224610002'];
const VERIFIED = '+201001230000';
const ACCOUNT = `AC${'1'.repeat(32)}`;

let server: Server;
let url: string;
let asked: string[] = [];
let status = 200;
/** One number a page, as an account with thousands would have it. */
before(async () => {
  server = createServer((request, response) => {
    asked.push(request.url!);
    response.writeHead(status, { 'content-type': 'application/json' });
    if (status !== 200) return response.end('{}');
    if (request.url!.includes('/OutgoingCallerIds.json')) {
      return response.end(JSON.stringify({ outgoing_caller_ids: [{ phone_number: VERIFIED }], next_page_uri: null }));
    }
    const page = Number(new URL(request.url!, url).searchParams.get('Page') ?? 0);
    const next = `/2010-04-01/Accounts/${ACCOUNT}/IncomingPhoneNumbers.json?PageSize=1&Page=${page + 1}`;
    response.end(
      JSON.stringify({
        incoming_phone_numbers: [{ phone_number: OWN[page] }],
        next_page_uri: page + 1 < OWN.length ? next : null,
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(() => new Promise((resolve) => server.close(resolve)));

const logger = createLogger('silent');
const restOf = (baseUrl: string) =>
  createRestClient({ baseUrl, accountSid: ACCOUNT, credentials: () => ({ user: 'SK', password: 'secret' }) });
const numbers = (callerIds: string[], baseUrl = url) =>
  createAccountNumbers({ rest: restOf(baseUrl), accountSid: ACCOUNT, callerIds, logger });

test('all pages of both lists are read, once for ten minutes and for all who ask at once', async () => {
  asked = [];
  const account = numbers(OWN);
  const answers = await Promise.all([account.known(), account.known(), account.known()]);
  for (const known of [...answers, await account.known()]) {
    assert.deepEqual([...known!.incoming], OWN);
    assert.deepEqual([...known!.callerIds], [...OWN, VERIFIED]);
  }
  assert.equal(asked.length, 4);
});

test('a number that is expected and missing is looked for at once, and then not again for a while', async () => {
  const last = OWN.pop()!;
  const account = numbers([]);
  assert.equal((await account.known())!.incoming.has(last), false);
  OWN.push(last);
  assert.equal((await account.known(OWN[0]))!.incoming.has(last), false);
  assert.equal((await account.known(last))!.incoming.has(last), true);
  asked = [];
  assert.equal((await account.known('+20224619999'))!.incoming.has('+20224619999'), false);
  assert.deepEqual(asked, []);
});

test('a carrier that answers no, or not at all, is not known and holds nobody up', async () => {
  status = 500;
  const account = numbers(OWN);
  assert.equal(await account.known(), undefined);
  asked = [];
  assert.equal(await account.known(), undefined);
  assert.deepEqual(asked, [], 'it is not asked again for every call');
  assert.equal(await numbers(OWN, 'http://127.0.0.1:1').known(), undefined);
  status = 200;
});

test('of the configured caller IDs only those of the account are shown, and its own numbers are not called', async () => {
  const environment = { TWILIO_API_BASE_URL: url, TWILIO_ACCOUNT_SID: ACCOUNT };
  const service = await startTestService(
    { ...environment, TWILIO_CALLER_ID: '+20233330000,+20224610001' },
    { accountNumbers: undefined },
  );
  const { callId } = await askToCall(service, mobile(1));
  assert.match(await twimlOf(service, callId), /callerId="\+20224610001"/);
  assert.equal((await askToCall(service, '02 24610002')).code, 'number-type-refused');
  assert.equal((await askToCall(service, VERIFIED)).code, undefined, 'a verified number is somebody’s telephone');
  await service.remove();

  const wrong = await startTestService(
    { ...environment, TWILIO_CALLER_ID: '+20233330000' },
    { accountNumbers: undefined },
  );
  const { status, code } = await askToCall(wrong, mobile(1));
  assert.deepEqual([status, code], [422, 'no-caller-id']);
  await wrong.remove();
});

test('an intent whose caller ID the account has lost meanwhile dials nobody', async () => {
  let owned = new Set(OWN);
  const known = () => Promise.resolve({ incoming: owned, callerIds: owned });
  const service = await startTestService({}, { accountNumbers: { known } });
  const { callId } = await askToCall(service, mobile(1));
  owned = new Set([OWN[1]!]);
  assert.ok(!dials(await twimlOf(service, callId, 'mona', newSid())));
  await service.remove();
});
