import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { goertzelShare } from '../media/level.ts';
import { tone } from '../media/tones.ts';
import { decodeWav } from '../media/wav.ts';
import { contains } from '../testing/listening-far-end.ts';
import { startTestCarrier, type TestCarrier } from '../testing/test-carrier.ts';

function assertBetween(measured: number, least: number, most: number): void {
  assert.ok(measured >= least && measured <= most, `${measured} is not ${least} to ${most}`);
}

describe('<Record>', { concurrency: true }, () => {
  let carrier: TestCarrier;
  before(async () => {
    carrier = await startTestCarrier();
  });
  after(() => carrier.close());

  it('beeps, records the caller until a key, cuts off silence, and tells both addresses', async () => {
    const { web, parts } = carrier;
    web.answer('/1/action', '<Hangup/>');
    const browser = carrier.call(
      `<Record action="/1/action" finishOnKey="#" recordingStatusCallback="${web.url}/1/recording"/>`,
      {},
      0,
    );
    await browser.answered.promise;
    await carrier.elapse(1000);
    assert.ok(contains(browser.heard(), tone(1000, 500)));
    browser.say(440);
    await carrier.elapse(2000);
    browser.say(0);
    await carrier.elapse(500);
    browser.press('5');
    browser.press('#');
    const [action] = await web.waitFor('/1/action');
    const [callback] = await web.waitFor('/1/recording');
    assert.equal(action?.fields['Digits'], '#');
    assertBetween(Number(action?.fields['RecordingDuration']), 2, 3);
    assert.equal(callback?.fields['RecordingSource'], 'RecordVerb');
    assert.equal(callback?.fields['RecordingChannels'], '1');
    assert.equal(callback?.fields['RecordingSid'], action?.fields['RecordingSid']);
    const recording = parts.recordings.find(action?.fields['RecordingSid'] ?? '');
    assert.ok(recording);
    const [said] = decodeWav(await readFile(parts.recordings.fileOf(recording))).channels;
    assert.ok(said && goertzelShare(said, 440) > 0.9);
    assertBetween(said.length / 8, 1900, 3000);
  });

  it('ends at its longest, and after silence', async () => {
    const { web } = carrier;
    web.answer('/2/action', '<Hangup/>');
    const talking = carrier.call('<Record maxLength="1" playBeep="false" action="/2/action"/>');
    await talking.ended.promise;
    assertBetween(Number(web.at('/2/action')[0]?.fields['RecordingDuration']), 1, 3);
    assert.equal(web.at('/2/action')[0]?.fields['Digits'], '');
    web.answer('/3/action', '<Hangup/>');
    const pausing = carrier.call('<Record timeout="1" playBeep="false" trim="do-not-trim" action="/3/action"/>');
    await pausing.answered.promise;
    await carrier.elapse(700);
    pausing.say(0);
    await pausing.ended.promise;
    assertBetween(Number(web.at('/3/action')[0]?.fields['RecordingDuration']), 2, 3);
  });

  it('reports silence as absent, and goes on to the next verb', async () => {
    const { web } = carrier;
    const browser = carrier.call(
      `<Record timeout="1" playBeep="false" action="/4/action" recordingStatusCallback="${web.url}/4/recording"
        recordingStatusCallbackEvent="completed absent"/><Redirect>/4/next</Redirect>`,
      {},
      0,
    );
    await browser.ended.promise;
    assert.equal((await web.waitFor('/4/recording'))[0]?.fields['RecordingStatus'], 'absent');
    assert.equal(web.at('/4/action').length, 0);
    assert.equal(web.at('/4/next').length, 1);
  });

  it('tells the action when the caller hangs up', async () => {
    const { web } = carrier;
    const browser = carrier.call('<Record playBeep="false" action="/5/action"/>');
    await browser.answered.promise;
    await carrier.elapse(500);
    browser.putDown();
    const [action] = await web.waitFor('/5/action');
    assert.equal(action?.fields['Digits'], 'hangup');
    assert.equal(action?.fields['CallStatus'], 'completed');
  });
});
