import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { ensureChromium, QUIET_FLAGS } from '../../scripts/chromium.ts';
import { goertzelShare } from './media/level.ts';
import { concat, silence, tone } from './media/tones.ts';
import { decodeWav, encodeWav } from './media/wav.ts';
import { startSandbox, type Sandbox } from './sandbox.ts';
import { accessToken, ACCOUNT } from './signalling/example-account.ts';
import { HUMMING } from './testing/test-carrier.ts';
import { WebhookServer } from './testing/webhook-server.ts';

const SDK = new URL('../../node_modules/@twilio/voice-sdk/dist/twilio.min.js', import.meta.url);
const CALLER_ID = '+20224610000';

/** A page with the SDK: notes what the call tells, and waits for it. */
const PAGE = `
window.log = [];
window.start = async (token) => {
  const names = ['incoming', 'outgoing', 'disconnect', ...[...'0123456789sh'].map((key) => 'dtmf' + key)];
  const sounds = Object.fromEntries(names.map((name) => [name, '/sound.wav']));
  window.phone = new Twilio.Device(token, { sounds, logLevel: 'silent', enableImprovedSignalingErrorPrecision: true });
  window.phone.on('incoming', (call) => {
    watch(call);
    log.push('incoming ' + call.customParameters.get('customer'));
  });
  await window.phone.register();
};
window.watch = (call) => {
  window.call = call;
  for (const event of ['ringing', 'accept', 'disconnect']) call.on(event, () => log.push(event));
  call.on('error', (error) => log.push('error ' + error.code));
  call.on('messageReceived', ({ content }) => log.push('message ' + JSON.stringify(content)));
};
window.dial = async (params) => watch(await window.phone.connect({ params }));
window.until = async (what) => {
  const end = performance.now() + 15000;
  while (performance.now() < end) {
    if (log.includes(what)) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(what + ' never came; but ' + log.join(', '));
};
window.hears = async (hz) => {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 8192;
  context.createMediaStreamSource(window.call.getRemoteStream()).connect(analyser);
  const spectrum = new Float32Array(analyser.frequencyBinCount);
  const end = performance.now() + 15000;
  while (performance.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    analyser.getFloatFrequencyData(spectrum);
    const loudest = spectrum.indexOf(spectrum.reduce((most, each) => Math.max(most, each)));
    if (spectrum[loudest] > -60 && Math.abs((loudest * context.sampleRate) / 8192 - hz) < 20) return context.close();
  }
  throw new Error(hz + ' Hz were never heard');
};
`;

describe('a whole call with the unmodified SDK', () => {
  let web: WebhookServer;
  let sandbox: Sandbox;
  let context: BrowserContext;
  const profile = mkdtempSync(join(tmpdir(), 'almasar-sandbox-test-'));
  const stray: string[] = [];
  const log: unknown[] = [];

  before(async () => {
    web = await WebhookServer.start(ACCOUNT.authToken);
    const [apiKey] = ACCOUNT.apiKeys.values();
    const [sid] = ACCOUNT.applications.keys();
    assert.ok(apiKey && sid);
    sandbox = await startSandbox({
      accountSid: ACCOUNT.accountSid,
      authToken: ACCOUNT.authToken,
      apiKey,
      application: { sid, voiceUrl: web.answer('/voice', ({ fields }) => fields['Twiml'] ?? '') },
      farEnds: { '77': HUMMING },
      onLog: (entry) => log.push(entry),
    });
    web.answer('/page', {
      type: 'text/html',
      body: `<script src="${sandbox.pageScriptUrl}"></script><script src="/sdk.js"></script><script src="/page.js"></script>`,
    });
    web.answer('/sdk.js', { type: 'text/javascript', body: readFileSync(SDK) });
    web.answer('/page.js', { type: 'text/javascript', body: PAGE });
    web.answer('/sound.wav', { type: 'audio/wav', body: encodeWav([silence(20)]) });
    const microphone = join(profile, 'microphone.wav');
    writeFileSync(microphone, encodeWav([concat(tone(440, 300, 0.4), silence(300))]));
    context = await chromium.launchPersistentContext(profile, {
      executablePath: ensureChromium(),
      args: [
        ...QUIET_FLAGS,
        '--use-fake-device-for-media-stream',
        '--use-fake-ui-for-media-stream',
        '--autoplay-policy=no-user-gesture-required',
        `--use-file-for-fake-audio-capture=${microphone}`,
      ],
    });
    context.on('request', (request) => {
      if (!request.url().startsWith('http://127.0.0.1:')) stray.push(request.url());
    });
  });
  after(async () => {
    await context.close();
    await sandbox.close();
    await web.close();
    rmSync(profile, { recursive: true, force: true });
    assert.deepEqual(web.badlySigned, []);
    assert.deepEqual(stray, []);
    assert.deepEqual(log, []);
  });

  const inPage = (page: Page, name: string, argument: unknown) =>
    page.evaluate(`window.${name}(${JSON.stringify(argument) ?? ''})`);
  const openPhone = async (identity: string): Promise<Page> => {
    const page = await context.newPage();
    await page.goto(`${web.url}/page`);
    await inPage(page, 'start', accessToken({ identity }));
    return page;
  };
  const dial = (page: Page, twiml: string) => inPage(page, 'dial', { Twiml: twiml });

  it('hears the far end, and has both sides on the recording', async () => {
    const page = await openPhone('agent_7');
    await dial(
      page,
      `<Dial answerOnBridge="true" callerId="${CALLER_ID}" record="record-from-answer-dual"
        recordingStatusCallback="${web.url}/recording">
        <Number statusCallback="${web.url}/status" statusCallbackEvent="ringing answered completed">+201001234577</Number>
      </Dial>`,
    );
    await inPage(page, 'until', 'ringing');
    await inPage(page, 'until', 'accept');
    await inPage(page, 'hears', 1200);
    await page.evaluate('new Promise((resolve) => setTimeout(resolve, 1500)).then(() => window.call.disconnect())');
    const statuses = await web.waitFor('/status', 3);
    assert.equal(statuses.find(({ fields }) => fields['SequenceNumber'] === '2')?.fields['CallStatus'], 'completed');
    const [webhook] = await web.waitFor('/recording');
    const sound = await fetch(webhook?.fields['RecordingUrl'] ?? '');
    const [left, right] = decodeWav(new Uint8Array(await sound.arrayBuffer())).channels;
    assert.ok(left && right);
    const shares = [left, right].map((side) => [goertzelShare(side, 440), goertzelShare(side, 1200)]);
    const [[agentLeft = 0, farEndLeft = 1] = [], [agentRight = 1, farEndRight = 0] = []] = shares;
    assert.ok(agentLeft > 0.8 && farEndRight > 0.9, `heard: ${JSON.stringify(shares)}`);
    assert.ok(agentRight < 0.1 && farEndLeft < 0.1, `leaked: ${JSON.stringify(shares)}`);
    await page.close();
  });

  it('tells the SDK of a busy refusal, and ends without an error after a busy number', async () => {
    const page = await openPhone('agent_7');
    await dial(page, '<Reject reason="busy"/>');
    await inPage(page, 'until', 'error 31486');
    await inPage(page, 'until', 'disconnect');
    await page.evaluate('window.log = []');
    await dial(page, `<Dial answerOnBridge="true" callerId="${CALLER_ID}">+201001234502</Dial>`);
    await inPage(page, 'until', 'disconnect');
    assert.deepEqual(await page.evaluate('window.log'), ['disconnect']);
    await page.close();
  });

  it('joins two Devices: parameters, audio and messages', async () => {
    const [agent, colleague] = await Promise.all([openPhone('agent_7'), openPhone('agent_8')]);
    await dial(
      agent,
      `<Dial answerOnBridge="true"><Client><Identity>agent_8</Identity>
        <Parameter name="customer" value="Mona &amp; Co"/></Client></Dial>`,
    );
    await inPage(colleague, 'until', 'incoming Mona & Co');
    await colleague.evaluate('window.call.accept()');
    await inPage(agent, 'until', 'accept');
    await Promise.all([inPage(agent, 'hears', 440), inPage(colleague, 'hears', 440)]);
    const message = { messageType: 'user-defined-message', contentType: 'application/json', content: { note: 1 } };
    await agent.evaluate(`window.call.sendMessage(${JSON.stringify(message)})`);
    await inPage(colleague, 'until', 'message {"note":1}');
    await colleague.evaluate('window.call.disconnect()');
    await inPage(agent, 'until', 'disconnect');
    await Promise.all([agent.close(), colleague.close()]);
  });
});
