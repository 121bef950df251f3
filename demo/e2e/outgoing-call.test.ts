import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { CallRecord, RecordingLink } from '../../service/contract.ts';
import { goertzelShare, rms } from '../sandbox/media/level.ts';
import type { PhraseName } from '../sandbox/media/phrases.ts';
import { phrase } from '../sandbox/media/speech.ts';
import { decodeWav } from '../sandbox/media/wav.ts';
import { SAMPLE_RATE } from '../sandbox/ports.ts';
import { AgentPage } from './agent-page.ts';
import { openAgentBrowser, type AgentBrowser } from './browser.ts';
import { CallCenterPage } from './call-center-page.ts';
import { startDemoProcess, type DemoProcess } from './demo-process.ts';
import { likeness } from './likeness.ts';
import { MICROPHONE_HZ } from './microphone.ts';
import { eventually } from './running-demo.ts';

/** The beep of the sandbox's voicemail. */
const BEEP_HZ = 1000;

let demo: DemoProcess;
let browser: AgentBrowser;
before(async () => {
  demo = await startDemoProcess();
  browser = await openAgentBrowser();
});
after(async () => {
  await browser.close();
  await demo.stop();
  assert.deepEqual(browser.strayRequests, [], 'a page tried to leave this machine');
  assert.deepEqual(browser.pageErrors, [], 'a page threw');
});

async function withPage(run: (page: CallCenterPage) => Promise<void>, query = ''): Promise<void> {
  const page = await CallCenterPage.open(browser, demo.url, query);
  try {
    await run(page);
  } finally {
    await page.page.close();
  }
}

test('one click: it rings, the far end is heard, the agent is heard, the row and its recording appear', () =>
  withPage(async (page) => {
    await page.call('08');
    await page.until('ringing');
    await page.until('open');
    const { call } = await page.state();
    const row = page.row(call!.callId);
    await row.waitFor();
    const heard = await page.listen(BEEP_HZ, 8000);
    assert.ok(heard.share > 0.8, `the beep in the page: ${JSON.stringify(heard)}`);
    const afterwards = await page.listen(BEEP_HZ, 1500);
    assert.ok(afterwards.rms < 0.002, `a far end that is silent measures silence: ${JSON.stringify(afterwards)}`);
    await page.hangUp();
    assert.equal((await page.state()).outcome, 'answered');

    // Without a reload: the outcome, then the player of the recording.
    await row.locator('.outcome.answered').waitFor();
    await row.locator('[part~="quick-play-button"]').waitFor();
    const record = (await page.log()).find((each) => each.callId === call!.callId)!;
    assert.equal(record.direction, 'outgoing');
    assert.ok(record.durationSeconds! >= 8 && record.durationSeconds! <= 30, `${record.durationSeconds} s`);
    assert.equal(record.recordings.length, 1);
    assert.equal(record.recordings[0]!.channels, 2);

    const [left, right] = await recordingOf(page, record);
    assert.ok(goertzelShare(left!, MICROPHONE_HZ) > 0.8, 'the agent is on the left');
    assert.ok(goertzelShare(right!, BEEP_HZ) > 0.8, 'the customer is on the right');
    assert.ok(goertzelShare(right!, MICROPHONE_HZ) < 0.2, 'the agent is not on the right');
    assert.ok(goertzelShare(left!, BEEP_HZ) < 0.2, 'the customer is not on the left');
  }));

/** What was recorded of the call that is on: the agent, then the customer. */
async function hangUpAndPlay(page: CallCenterPage): Promise<Int16Array[]> {
  const { call } = await page.state();
  await page.hangUp();
  await page.row(call!.callId).locator('[part~="quick-play-button"]').waitFor();
  const record = (await page.log()).find((each) => each.callId === call!.callId)!;
  return recordingOf(page, record);
}

async function recordingOf(page: CallCenterPage, record: CallRecord): Promise<Int16Array[]> {
  const path = `/api/calls/${record.callId}/recordings/${record.recordings[0]!.recordingSid}`;
  const { url } = (await (await page.asAgent(path)).json()) as RecordingLink;
  assert.ok(url.startsWith(demo.url), 'the link is the service’s own');
  const whole = await fetch(url);
  assert.equal(whole.status, 200);
  const media = new Uint8Array(await whole.arrayBuffer());
  const part = await fetch(url, { headers: { range: 'bytes=0-43' } });
  assert.equal(part.status, 206);
  assert.deepEqual(new Uint8Array(await part.arrayBuffer()), media.subarray(0, 44));
  return decodeWav(media).channels;
}

test('the recording plays in the page', () =>
  withPage(async (page) => {
    await page.call('06');
    await page.until('open');
    await page.until('ended');
    const { call } = await page.state();
    const row = page.row(call!.callId);
    await row.locator('[part~="quick-play-button"]').click();
    await row.locator('[part~="play-button"][aria-label]').waitFor();
    const position = () => row.locator('[part~="seek"]').evaluate((seek) => (seek as HTMLInputElement).valueAsNumber);
    for (let turn = 0; turn < 100 && (await position()) <= 0.3; turn += 1) await page.page.waitForTimeout(50);
    assert.ok((await position()) > 0.3, 'the recording plays');
  }));

test('mute is silence in the recording, and the echo gives the agent back', () =>
  withPage(async (page) => {
    await page.call('01');
    await page.until('open');
    const echoed = await page.listen(MICROPHONE_HZ, 8000);
    assert.ok(echoed.share > 0.6, `the echo in the page: ${JSON.stringify(echoed)}`);
    await page.part('mute-button').click();
    await page.dialer.locator('[part~="mute-button"][aria-pressed="true"]').waitFor();
    await page.untilHeard(false);
    const muted = await page.listen(MICROPHONE_HZ, 1500);
    assert.ok(muted.rms < 0.002, `muted, the echo is silent: ${JSON.stringify(muted)}`);
    const [left] = await hangUpAndPlay(page);
    assert.ok(rms(left!.subarray(-12_000)) < 0.002, 'the end of the agent’s channel is silent');
  }));

/** Where the longest stretch is in which no channel has a sound, in samples. */
function longestSilence([left, right]: Int16Array[]): { from: number; to: number } {
  let longest = { from: 0, to: 0 };
  let from = 0;
  for (let at = 0; at < left!.length; at += 1) {
    if (left![at] !== 0 || right![at] !== 0) from = at + 1;
    else if (at + 1 - from > longest.to - longest.from) longest = { from, to: at + 1 };
  }
  return longest;
}

test('the button that mutes shows how loud the microphone is, and nothing of whoever is muted', () =>
  withPage(async (page) => {
    await page.call('01');
    await page.until('open');
    const agent = new AgentPage(page);
    const level = () => agent.part('mute-button').evaluate((button) => button.style.getPropertyValue('--level'));
    await eventually(async () => Number(await level()) > 0.1, 'The microphone gives a tone, and no level was shown.');
    await agent.part('mute-button').click();
    await agent.until(({ call }) => call!.muted, 'muted');
    assert.equal(await level(), '');
    await page.hangUp();
  }));

test('paused by the button both go on talking, other tabs know, and the recording has silence on both sides', () =>
  withPage(async (page) => {
    await page.call('01');
    await page.until('open');
    const echoed = await page.listen(MICROPHONE_HZ, 8000);
    assert.ok(echoed.share > 0.6, `the echo in the page: ${JSON.stringify(echoed)}`);
    const { call } = await page.state();
    const other = await CallCenterPage.open(browser, demo.url);
    const tabs = [page, other].map((tab) => new AgentPage(tab));
    const told = (recording: boolean) =>
      Promise.all(
        tabs.map((tab) =>
          tab.until(
            ({ call: shown }) => shown?.recording === recording && shown.recordingPaused === !recording,
            `recording ${recording}`,
          ),
        ),
      );
    await told(true);
    await page.part('pause-recording-button').click();
    await told(false);
    await other.part('recording').getByText('التسجيل متوقف').waitFor();
    const record = (await page.log()).find((each) => each.callId === call!.callId)!;
    assert.equal(record.recordingPaused, true, 'the service says so too');
    const meanwhile = await page.listen(MICROPHONE_HZ, 2500);
    assert.ok(meanwhile.share > 0.6, `the echo goes on: ${JSON.stringify(meanwhile)}`);
    // From the tab whose phone is elsewhere.
    await other.part('pause-recording-button').click();
    await told(true);
    await other.page.close();
    await page.listen(MICROPHONE_HZ, 2000);
    const channels = await hangUpAndPlay(page);
    const { from, to } = longestSilence(channels);
    assert.ok(to - from >= 2 * SAMPLE_RATE, `${(to - from) / SAMPLE_RATE} s of silence`);
    for (const samples of channels) {
      assert.ok(rms(samples.subarray(from - SAMPLE_RATE, from)) > 0.005, 'the conversation before it');
      assert.ok(rms(samples.subarray(to, to + SAMPLE_RATE)) > 0.005, 'the conversation after it');
    }
  }));

test('the keypad reaches the menu, which says that key and no other', () =>
  withPage(async (page) => {
    await page.call('07');
    await page.until('open');
    await page.untilHeard(true);
    await page.untilHeard(false);
    await page.part('keypad-button').click();
    await page.dialer.locator('[part~="key"]').filter({ hasText: '5' }).first().click();
    await page.untilHeard(true);
    await page.untilHeard(false);
    const [, customer] = await hangUpAndPlay(page);
    const said = (name: PhraseName) => likeness(customer!, phrase(name));
    assert.ok(said('key-5') > 0.9, `five: ${said('key-5')}`);
    assert.ok(said('key-6') < 0.8, `six: ${said('key-6')}`);
  }));

test('an extension in a link is keyed in once the customer has answered', () =>
  withPage(async (page) => {
    await page.clickLink('tel:+20-100-123-4507;ext=5');
    await page.until('open');
    const { call } = await page.state();
    assert.equal(call!.number, '+201001234507');
    await page.untilHeard(true);
    await page.untilHeard(false);
    const [, customer] = await hangUpAndPlay(page);
    const said = (name: PhraseName) => likeness(customer!, phrase(name));
    assert.ok(said('key-5') > 0.9, `five: ${said('key-5')}`);
  }));

const REFUSALS: [string, string][] = [
  ['02', 'busy'],
  ['04', 'declined'],
  ['05', 'not-in-service'],
];
for (const [ending, outcome] of REFUSALS) {
  test(`a customer who is ${outcome}: said in words, and in the log`, () =>
    withPage(async (page) => {
      await page.call(ending);
      await page.until('ended');
      const { call, outcome: seen } = await page.state();
      assert.equal(seen, outcome);
      assert.ok((await page.part('outcome').innerText()).length > 2);
      await page.row(call!.callId).locator(`.outcome.${outcome}`).waitFor();
    }));
}

test('nobody answers: it rings for thirty seconds, then says so', () =>
  withPage(async (page) => {
    await page.call('03');
    await page.until('ringing');
    await page.until('ended', 40_000);
    assert.equal((await page.state()).outcome, 'no-answer');
  }));

test('a customer who hangs up ends the call', () =>
  withPage(async (page) => {
    await page.call('06');
    await page.until('open');
    await page.until('ended');
    const { call, outcome } = await page.state();
    assert.equal(outcome, 'answered');
    await page.row(call!.callId).locator('.outcome.answered').waitFor();
    const record = (await page.log()).find((each) => each.callId === call!.callId)!;
    assert.ok(Math.abs(record.durationSeconds! - 3) <= 1, `${record.durationSeconds} s`);
  }));

test('a customer who answers late rings until then; one who just answers speaks', () =>
  withPage(async (page) => {
    await page.call('09');
    await page.until('ringing');
    await page.page.waitForTimeout(5000);
    assert.equal((await page.state()).phase, 'ringing');
    await page.until('open');
    await page.hangUp();
    await page.part('close-button').first().click();
    await page.until('idle');
    await page.call('00');
    await page.until('open');
    assert.ok((await page.listen(440, 3000)).rms > 0.01, 'the far end speaks');
    await page.hangUp();
  }));

test('an agent who gives up while it rings: canceled', () =>
  withPage(async (page) => {
    await page.call('03');
    await page.until('ringing');
    // No person is faster; what comes sooner is taken for the second click of a double click.
    await page.page.waitForTimeout(700);
    await page.hangUp();
    const { call, outcome } = await page.state();
    assert.equal(outcome, 'canceled');
    await page.row(call!.callId).locator('.outcome.canceled').waitFor();
  }));

test('a double click is one call', () =>
  withPage(async (page) => {
    const before = (await page.log()).length;
    await page.page.locator('a[href^="tel:"]').first().dblclick();
    await page.until('open');
    await page.hangUp();
    assert.equal((await page.log()).length, before + 1);
  }));
