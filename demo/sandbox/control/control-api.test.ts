import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startSandbox, type Sandbox } from '../sandbox.ts';
import { WebhookServer } from '../testing/webhook-server.ts';

const AUTH_TOKEN = '0123456789abcdef0123456789abcdef';

describe('the control API', () => {
  let web: WebhookServer;
  let sandbox: Sandbox;
  before(async () => {
    web = await WebhookServer.start(AUTH_TOKEN);
    const voiceUrl = web.answer('/voice', '<Say loop="0">Hello</Say>');
    sandbox = await startSandbox({ authToken: AUTH_TOKEN, numbers: [{ phoneNumber: '+20224610001', voiceUrl }] });
  });
  after(async () => {
    await sandbox.close();
    assert.deepEqual(web.badlySigned, []);
    await web.close();
  });
  const placeCall = (body: unknown) =>
    fetch(`${sandbox.url}/sandbox/incoming-calls`, { method: 'POST', body: JSON.stringify(body) });

  it('lets a customer call, and shows the call', async () => {
    const answer = await placeCall({ from: '+201001234500', to: '+20224610001', farEnd: '06' });
    assert.equal(answer.status, 201);
    const { callSid } = (await answer.json()) as { callSid: string };
    assert.equal((await web.waitFor('/voice'))[0]?.fields['CallSid'], callSid);
    const { calls } = (await (await fetch(`${sandbox.url}/sandbox/calls`)).json()) as {
      calls: Record<string, unknown>[];
    };
    assert.equal(calls.length, 1);
    assert.equal(calls[0]?.['sid'], callSid);
    assert.equal(calls[0]?.['from'], '+201001234500');
  });

  it('says what to send instead', async () => {
    for (const [body, status, message] of [
      [{ from: '+201001234500' }, 400, /Send JSON/],
      [{ from: '+201001234500', to: '+201' }, 422, /must be a number of the account/],
    ] as const) {
      const answer = await placeCall(body);
      assert.equal(answer.status, status);
      assert.match(((await answer.json()) as { message: string }).message, message);
    }
    const notJson = await fetch(`${sandbox.url}/sandbox/incoming-calls`, { method: 'POST', body: 'from=1' });
    assert.equal(notJson.status, 400);
  });

  it('warns of a host that others on the network reach, and of no other', async () => {
    for (const [host, warnings] of [
      ['127.0.0.1', []],
      ['localhost', []],
      ['0.0.0.0', ['The sandbox listens on 0.0.0.0: anybody on the network can place calls through its control API.']],
    ] as const) {
      const heard: string[] = [];
      const other = await startSandbox({ host, onLog: ({ level, message }) => heard.push(`${level} ${message}`) });
      await other.close();
      assert.deepEqual(
        heard,
        warnings.map((message) => `warning ${message}`),
      );
    }
  });

  it('stands beside the page script; other paths are not there', async () => {
    const script = await fetch(sandbox.pageScriptUrl);
    assert.match(script.headers.get('Content-Type') ?? '', /^text\/javascript/);
    assert.ok((await script.text()).includes(sandbox.signalUrl));
    assert.equal((await fetch(`${sandbox.url}/nothing`)).status, 404);
  });

  it('breaks the network for a time: browsers cannot connect, and then they can', async () => {
    const breakDown = (body: unknown) =>
      fetch(`${sandbox.url}/sandbox/breakdowns`, { method: 'POST', body: JSON.stringify(body) });
    const connects = () =>
      new Promise<boolean>((resolve) => {
        const socket = new WebSocket(sandbox.signalUrl);
        socket.addEventListener('open', () => {
          socket.close();
          resolve(true);
        });
        socket.addEventListener('error', () => resolve(false));
      });
    assert.equal(await connects(), true);
    assert.equal((await breakDown({ what: 'signalling', ms: 2000 })).status, 204);
    assert.equal(await connects(), false);
    while (!(await connects())) await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal((await breakDown({ what: 'coffee', ms: 1 })).status, 400);
  });
});
