import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it, type TestContext } from 'node:test';
import { rms } from '../media/level.ts';
import { decodeWav } from '../media/wav.ts';
import { SAMPLE_RATE } from '../ports.ts';
import { sandboxApp } from '../sandbox-app.ts';
import { OpenApi } from '../testing/open-api.ts';
import type { TestBrowser } from '../testing/test-browser.ts';
import { ACCOUNT_URL, CALLER_ID, startTestCarrier, type TestCarrier } from '../testing/test-carrier.ts';

const TENTH = SAMPLE_RATE / 10;

describe('pausing a recording by the REST API', () => {
  const openApi = OpenApi.load(process.env['TWILIO_OPENAPI_FILE']);
  let carrier: TestCarrier;
  let app: ReturnType<typeof sandboxApp>;
  before(async () => {
    carrier = await startTestCarrier();
    const control = { placeIncomingCall: () => '', breakDown: () => {}, legs: () => [] };
    app = sandboxApp(carrier.parts, control, 'ws://sandbox.test/', { accountUrl: ACCOUNT_URL, mediaAuth: false });
  });
  after(() => carrier.close());

  /** Both talk, and both are recorded. */
  async function conversation(): Promise<{ browser: TestBrowser; recordingSid: string }> {
    const browser = carrier.call(
      `<Dial answerOnBridge="true" callerId="${CALLER_ID}" record="record-from-answer-dual">+201001234577</Dial>`,
    );
    await browser.answered.promise;
    const [running] = carrier.parts.recordings.runningOf(browser.callSid);
    return { browser, recordingSid: running!.recording.sid };
  }

  async function update(t: TestContext, callSid: string, sid: string, form: Record<string, string>) {
    const { accountSid, authToken } = carrier.parts.account;
    const path = `/2010-04-01/Accounts/${accountSid}/Calls/${callSid}/Recordings/${sid}.json`;
    const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
    const body = new URLSearchParams(form);
    const answer = await app.request(path, { method: 'POST', headers: { authorization }, body });
    const resource = (await answer.json()) as Record<string, unknown>;
    if (!openApi) t.diagnostic('TWILIO_OPENAPI_FILE names no copy of twilio_api_v2010.json: shapes are not checked');
    if (answer.ok) {
      const described = '/Calls/{CallSid}/Recordings/{Sid}.json';
      assert.deepEqual(openApi?.problems('POST', described, answer.status, resource) ?? [], []);
    }
    return { status: answer.status, said: resource['code'] ?? resource['status'] };
  }

  /** Of each channel, for each tenth of a second: `-` silence, `~` sound, and the whole in seconds. */
  async function heardIn({ browser, recordingSid }: { browser: TestBrowser; recordingSid: string }) {
    browser.putDown();
    const recording = carrier.parts.recordings.find(recordingSid)!;
    while (recording.status !== 'completed') await carrier.elapse(20);
    const { channels } = decodeWav(await readFile(carrier.parts.recordings.fileOf(recording)));
    const courses = channels.map((samples) => {
      const tenths = Array.from({ length: Math.floor(samples.length / TENTH) }, (_, index) =>
        samples.subarray(index * TENTH, (index + 1) * TENTH),
      );
      return tenths.map((tenth) => (rms(tenth) === 0 ? '-' : '~')).join('');
    });
    return { courses, seconds: channels[0]!.length / SAMPLE_RATE };
  }

  it('leaves silence in both channels and the length as it is, and records on', async (t) => {
    const call = await conversation();
    await carrier.elapse(600);
    const sid = call.recordingSid;
    assert.deepEqual(await update(t, call.browser.callSid, sid, { Status: 'paused', PauseBehavior: 'silence' }), {
      status: 200,
      said: 'paused',
    });
    await carrier.elapse(1000);
    const resumed = await update(t, call.browser.callSid, 'Twilio.CURRENT', { Status: 'in-progress' });
    assert.deepEqual(resumed, { status: 200, said: 'in-progress' });
    await carrier.elapse(600);
    const { courses, seconds } = await heardIn(call);
    assert.equal(courses.length, 2);
    for (const course of courses) assert.match(course, /^~{4,}-{8,}~{4,}$/);
    assert.ok(seconds >= 2.2, `${seconds} s`);
  });

  it('leaves the pause out where that is asked for', async (t) => {
    const call = await conversation();
    await carrier.elapse(400);
    await update(t, call.browser.callSid, 'Twilio.CURRENT', { Status: 'paused', PauseBehavior: 'skip' });
    const [running] = carrier.parts.recordings.runningOf(call.browser.callSid);
    assert.equal(running?.recording.status, 'paused');
    await carrier.elapse(1000);
    await update(t, call.browser.callSid, 'Twilio.CURRENT', { Status: 'in-progress' });
    await carrier.elapse(400);
    const { courses } = await heardIn(call);
    for (const course of courses) assert.match(course, /^~{7,}$/);
    const whole = (call.browser.heard().length / SAMPLE_RATE) * 10;
    assert.ok(courses[0]!.length <= whole - 9, `${courses[0]!.length} of ${whole} tenths`);
  });

  it('a call that ends in a pause keeps what was recorded, and a recording can be stopped', async (t) => {
    const call = await conversation();
    await carrier.elapse(400);
    await update(t, call.browser.callSid, 'Twilio.CURRENT', { Status: 'paused' });
    await carrier.elapse(400);
    for (const course of (await heardIn(call)).courses) assert.match(course, /^~{3,}-{2,}$/);

    const { browser, recordingSid } = await conversation();
    await carrier.elapse(200);
    assert.equal((await update(t, browser.callSid, recordingSid, { Status: 'stopped' })).status, 200);
    assert.deepEqual(carrier.parts.recordings.runningOf(browser.callSid), []);
    assert.equal(browser.isOver, false);
    browser.putDown();
  });

  it('refuses what is not in progress, not there or not a status', async (t) => {
    const { browser, recordingSid } = await conversation();
    const refusal = (sid: string, form: Record<string, string>) => update(t, browser.callSid, sid, form);
    assert.deepEqual(await refusal(recordingSid, { Status: 'over' }), { status: 400, said: 20001 });
    const wrong = { Status: 'paused', PauseBehavior: 'beep' };
    assert.deepEqual(await refusal(recordingSid, wrong), { status: 400, said: 20001 });
    assert.deepEqual(await refusal(`RE${'0'.repeat(32)}`, { Status: 'paused' }), { status: 404, said: 20404 });
    await carrier.elapse(200);
    browser.putDown();
    assert.deepEqual(await refusal(recordingSid, { Status: 'paused' }), { status: 400, said: 21220 });
    assert.deepEqual(await refusal('Twilio.CURRENT', { Status: 'paused' }), { status: 404, said: 20404 });
  });
});
