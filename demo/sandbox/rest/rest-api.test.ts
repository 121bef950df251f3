import assert from 'node:assert/strict';
import { after, before, describe, it, type TestContext } from 'node:test';
import { decodeWav } from '../media/wav.ts';
import { OpenApi } from '../testing/open-api.ts';
import { ACCOUNT_URL, CALLER_ID, startTestCarrier, type TestCarrier } from '../testing/test-carrier.ts';
import type { TestBrowser } from '../testing/test-browser.ts';
import { sandboxApp } from '../sandbox-app.ts';

interface RestAnswer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

describe('the REST API', () => {
  const openApi = OpenApi.load(process.env['TWILIO_OPENAPI_FILE']);
  let carrier: TestCarrier;
  let app: ReturnType<typeof sandboxApp>;
  let guarded: ReturnType<typeof sandboxApp>;
  let asAccount: string;
  let asKey: string;
  let recorded: TestBrowser;
  let recordingSid: string;

  before(async () => {
    carrier = await startTestCarrier();
    const { parts, web } = carrier;
    const { account } = parts;
    const control = { placeIncomingCall: () => '', breakDown: () => {}, legs: () => parts.calls.list() };
    app = sandboxApp(parts, control, 'ws://sandbox.test/signal', { accountUrl: ACCOUNT_URL, mediaAuth: false });
    guarded = sandboxApp(parts, control, 'ws://sandbox.test/signal', { accountUrl: ACCOUNT_URL, mediaAuth: true });
    const basic = (user: string, password: string) => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
    asAccount = basic(account.accountSid, account.authToken);
    const [key] = account.apiKeys.values();
    asKey = basic(key?.sid ?? '', key?.secret ?? '');
    recorded = carrier.call(
      `<Dial callerId="${CALLER_ID}" timeLimit="1" record="record-from-answer-dual"
        recordingStatusCallback="${web.url}/recording">+201001234577</Dial>`,
    );
    const [webhook] = await web.waitFor('/recording');
    recordingSid = webhook?.fields['RecordingSid'] ?? '';
    await recorded.ended.promise;
  });
  after(() => carrier.close());

  const ask = async (
    method: string,
    path: string,
    { form, authorization = asKey }: { form?: Record<string, string>; authorization?: string } = {},
  ): Promise<RestAnswer> => {
    const response = await app.request(`/2010-04-01/Accounts/${carrier.parts.account.accountSid}${path}`, {
      method,
      headers: { Authorization: authorization },
      ...(form && { body: new URLSearchParams(form) }),
    });
    const text = await response.text();
    const body = text ? (JSON.parse(text) as Record<string, unknown>) : {};
    return { status: response.status, headers: response.headers, body };
  };
  /** Asks, and holds the answer against Twilio's own description of it. */
  const askAsDescribed = async (test: TestContext, described: string, ...asked: Parameters<typeof ask>) => {
    const answer = await ask(...asked);
    if (!openApi) test.diagnostic('TWILIO_OPENAPI_FILE names no copy of twilio_api_v2010.json: shapes are not checked');
    assert.deepEqual(openApi?.problems(asked[0], described, answer.status, answer.body) ?? [], []);
    return answer;
  };

  it('does not take a description that is not there for none', () => {
    assert.throws(() => OpenApi.load('/no/such/description.json'), { code: 'ENOENT' });
  });

  it('lets in the account and its keys only', async () => {
    const { accountSid, authToken } = carrier.parts.account;
    const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
    for (const authorization of [
      '',
      'Bearer x',
      basic(`${accountSid}:wrong`),
      basic('SKunknown:x'),
      basic(authToken),
    ]) {
      const { status, body, headers } = await ask('GET', '/Calls.json', { authorization });
      assert.equal(status, 401);
      assert.match(headers.get('WWW-Authenticate') ?? '', /^Basic /);
      assert.deepEqual(body, {
        code: 20003,
        message: 'Authenticate',
        more_info: 'https://www.twilio.com/docs/errors/20003',
        status: 401,
      });
    }
    assert.equal((await ask('GET', '/Calls.json', { authorization: asAccount })).status, 200);
    const other = await app.request('/2010-04-01/Accounts/AC00/Calls.json', { headers: { Authorization: asAccount } });
    assert.equal(other.status, 404);
  });

  it('lists and shows calls, parent and child', async (t) => {
    const { body } = await askAsDescribed(t, '/Calls.json', 'GET', `/Calls.json?ParentCallSid=${recorded.callSid}`);
    const [child, ...others] = body['calls'] as Record<string, unknown>[];
    assert.deepEqual(others, []);
    assert.equal(child?.['parent_call_sid'], recorded.callSid);
    assert.equal(child?.['status'], 'completed');
    assert.equal(child?.['duration'], '1');
    assert.equal(child?.['direction'], 'outbound-dial');
    const parent = await askAsDescribed(t, '/Calls/{Sid}.json', 'GET', `/Calls/${recorded.callSid}.json`);
    assert.equal(parent.body['sid'], recorded.callSid);
    assert.equal(parent.body['from'], 'client:agent_7');
    assert.equal(parent.body['direction'], 'inbound');
    assert.equal((await ask('GET', `/Calls/CA${'0'.repeat(32)}.json`)).body['code'], 20404);
    for (const [filter, count] of [
      ['Status=completed&To=%2B201001234577', 1],
      ['From=client:agent_7', 1],
      ['Status=busy', 0],
    ] as const) {
      assert.equal(((await ask('GET', `/Calls.json?${filter}`)).body['calls'] as unknown[]).length, count);
    }
  });

  it('pages, and says where the next page is', async (t) => {
    const first = await askAsDescribed(t, '/Calls.json', 'GET', '/Calls.json?PageSize=1');
    assert.equal((first.body['calls'] as unknown[]).length, 1);
    const next = String(first.body['next_page_uri']).replace(/^.*\/Calls/, '/Calls');
    const second = await askAsDescribed(t, '/Calls.json', 'GET', next);
    assert.equal(second.body['next_page_uri'], null);
    assert.notDeepEqual(second.body['calls'], first.body['calls']);
    assert.equal((await ask('GET', '/Calls.json?PageSize=all')).status, 400);
  });

  it('ends a call, moves one to other TwiML, and refuses both when it is too late', async (t) => {
    const browser = carrier.call('<Say loop="0">Waiting</Say>');
    await browser.answered.promise;
    const path = `/Calls/${browser.callSid}.json`;
    const url = carrier.web.answer('/moved', '<Pause length="30"/>');
    await askAsDescribed(t, '/Calls/{Sid}.json', 'POST', path, { form: { Url: url, Method: 'GET' } });
    assert.equal((await carrier.web.waitFor('/moved'))[0]?.method, 'GET');
    assert.equal((await ask('POST', path, { form: { Status: 'canceled' } })).body['status'], 'in-progress');
    assert.equal((await ask('POST', path, { form: { Status: 'ended' } })).body['code'], 21218);
    assert.equal((await ask('POST', path, { form: { Url: 'nonsense' } })).body['code'], 21205);
    assert.equal((await ask('POST', path, { form: { Status: 'completed' } })).body['status'], 'completed');
    assert.equal(await browser.ended.promise, undefined);
    const late = await ask('POST', path, { form: { Twiml: '<Response/>' } });
    assert.deepEqual([late.status, late.body['code']], [400, 21220]);
  });

  it('cancels a child that rings', async () => {
    carrier.web.answer('/canceled/action', '');
    const browser = carrier.call(
      `<Dial answerOnBridge="true" callerId="${CALLER_ID}" action="/canceled/action">+201001234503</Dial>`,
    );
    await browser.rang.promise;
    const { body } = await ask('GET', `/Calls.json?ParentCallSid=${browser.callSid}&Status=ringing`);
    const [child] = body['calls'] as Record<string, unknown>[];
    assert.equal(
      (await ask('POST', `/Calls/${String(child?.['sid'])}.json`, { form: { Status: 'canceled' } })).body['status'],
      'canceled',
    );
    assert.equal((await carrier.web.waitFor('/canceled/action'))[0]?.fields['DialCallStatus'], 'canceled');
  });

  it('lists and shows recordings, of the account and of a call', async (t) => {
    const { body } = await askAsDescribed(t, '/Recordings.json', 'GET', '/Recordings.json');
    const [recording] = body['recordings'] as Record<string, unknown>[];
    assert.equal(recording?.['sid'], recordingSid);
    assert.equal(recording?.['channels'], 2);
    assert.equal(recording?.['source'], 'DialVerb');
    assert.equal(recording?.['duration'], '1');
    await askAsDescribed(t, '/Recordings/{Sid}.json', 'GET', `/Recordings/${recordingSid}.json`);
    const path = `/Calls/${recorded.callSid}/Recordings.json`;
    const ofCall = await askAsDescribed(t, '/Calls/{CallSid}/Recordings.json', 'GET', path);
    assert.equal((ofCall.body['recordings'] as unknown[]).length, 1);
    assert.equal((await ask('GET', `/Recordings.json?CallSid=CA0`)).body['end'], 0);
  });

  it('lists what <Record> recorded under the call itself, from its first second', async (t) => {
    const { web } = carrier;
    web.answer('/message-over', '<Hangup/>');
    const caller = carrier.call(
      `<Record maxLength="1" playBeep="false" action="/message-over" recordingStatusCallback="${web.url}/message"
        recordingStatusCallbackEvent="in-progress completed"/>`,
    );
    const list = async () => {
      const path = `/Calls/${caller.callSid}/Recordings.json`;
      const { body } = await askAsDescribed(t, '/Calls/{CallSid}/Recordings.json', 'GET', path);
      return (body['recordings'] as Record<string, unknown>[]).map(({ status, source, duration, channels }) => {
        return { status, source, duration, channels };
      });
    };
    await web.waitFor('/message');
    assert.deepEqual(await list(), [{ status: 'in-progress', source: 'RecordVerb', duration: null, channels: 1 }]);
    await web.waitFor('/message', 2);
    assert.deepEqual(await list(), [{ status: 'completed', source: 'RecordVerb', duration: '1', channels: 1 }]);
    await caller.ended.promise;
  });

  it('gives the sound of a recording, whole and in part', async () => {
    const path = `/2010-04-01/Accounts/${carrier.parts.account.accountSid}/Recordings/${recordingSid}`;
    const whole = await app.request(path);
    const bytes = Buffer.from(await whole.arrayBuffer());
    assert.equal(whole.headers.get('Content-Type'), 'audio/x-wav');
    assert.equal(decodeWav(bytes).channels.length, 2);
    const mono = decodeWav(Buffer.from(await (await app.request(`${path}.wav?RequestedChannels=1`)).arrayBuffer()));
    assert.equal(mono.channels.length, 1);
    for (const [range, first, last] of [
      ['bytes=0-43', 0, 43],
      ['bytes=44-', 44, bytes.length - 1],
      ['bytes=-10', bytes.length - 10, bytes.length - 1],
      [`bytes=40-${bytes.length + 99}`, 40, bytes.length - 1],
    ] as const) {
      const part = await app.request(`${path}.wav`, { headers: { Range: range } });
      assert.equal(part.status, 206);
      assert.equal(part.headers.get('Content-Range'), `bytes ${first}-${last}/${bytes.length}`);
      assert.deepEqual(Buffer.from(await part.arrayBuffer()), bytes.subarray(first, last + 1));
    }
    const beyond = await app.request(path, { headers: { Range: `bytes=${bytes.length}-` } });
    assert.equal(beyond.status, 416);
    assert.equal(beyond.headers.get('Content-Range'), `bytes */${bytes.length}`);
    const mp3 = await app.request(`${path}.mp3`);
    assert.equal(mp3.status, 404);
    assert.match(((await mp3.json()) as { message: string }).message, /WAV files only; ask for \.wav/);
    assert.equal((await guarded.request(path)).status, 401);
    assert.equal((await guarded.request(path, { headers: { Authorization: asKey } })).status, 200);
  });

  it('looks after keys, for the auth token only', async (t) => {
    assert.equal((await ask('POST', '/Keys.json', { form: {} })).status, 403);
    assert.equal((await ask('GET', '/Keys.json')).status, 403);
    const account = { authorization: asAccount };
    const created = await askAsDescribed(t, '/Keys.json', 'POST', '/Keys.json', {
      ...account,
      form: { FriendlyName: 'k' },
    });
    const { sid, secret } = created.body;
    const path = `/Keys/${String(sid)}.json`;
    const asNewKey = `Basic ${Buffer.from(`${String(sid)}:${String(secret)}`).toString('base64')}`;
    assert.equal((await ask('GET', '/Calls.json', { authorization: asNewKey })).status, 200);
    const shown = await askAsDescribed(t, '/Keys/{Sid}.json', 'GET', path, account);
    assert.equal('secret' in shown.body, false);
    await askAsDescribed(t, '/Keys.json', 'GET', '/Keys.json', account);
    assert.equal((await ask('DELETE', path, account)).status, 204);
    assert.equal((await ask('GET', '/Calls.json', { authorization: asNewKey })).status, 401);
  });

  it('creates, finds and changes applications', async (t) => {
    const form = { FriendlyName: 'Almasar', VoiceUrl: 'https://a.test/voice', StatusCallbackMethod: 'GET' };
    const created = await askAsDescribed(t, '/Applications.json', 'POST', '/Applications.json', { form });
    const path = `/Applications/${String(created.body['sid'])}.json`;
    const found = await askAsDescribed(t, '/Applications.json', 'GET', '/Applications.json?FriendlyName=Almasar');
    assert.equal((found.body['applications'] as unknown[]).length, 1);
    const wrong = await ask('POST', path, { form: { VoiceFallbackUrl: 'https://a.test/', VoiceUrl: 'a.test' } });
    assert.deepEqual([wrong.status, wrong.body['code']], [400, 21502]);
    await askAsDescribed(t, '/Applications/{Sid}.json', 'POST', path, { form: { StatusCallback: 'https://a.test/s' } });
    const { body } = await askAsDescribed(t, '/Applications/{Sid}.json', 'GET', path);
    assert.equal(body['voice_url'], 'https://a.test/voice');
    assert.equal(body['voice_fallback_url'], '');
    assert.equal(body['status_callback'], 'https://a.test/s');
    assert.equal(body['status_callback_method'], 'GET');
  });

  it('lists numbers', async (t) => {
    const path = '/IncomingPhoneNumbers.json';
    const { body } = await askAsDescribed(t, path, 'GET', `${path}?PhoneNumber=${encodeURIComponent(CALLER_ID)}`);
    assert.equal((body['incoming_phone_numbers'] as Record<string, unknown>[])[0]?.['phone_number'], CALLER_ID);
  });

  it('lists verified caller IDs, of which there are none', async (t) => {
    const path = '/OutgoingCallerIds.json';
    const { body } = await askAsDescribed(t, path, 'GET', path);
    assert.deepEqual(body['outgoing_caller_ids'], []);
  });

  it('deletes a recording with its sound', async () => {
    const path = `/Recordings/${recordingSid}`;
    assert.equal((await ask('DELETE', `${path}.json`)).status, 204);
    assert.equal((await ask('DELETE', `${path}.json`)).status, 404);
    assert.equal((await ask('GET', `${path}.wav`)).status, 404);
  });
});
