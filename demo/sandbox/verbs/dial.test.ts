import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { goertzelShare, rms } from '../media/level.ts';
import { decodeWav } from '../media/wav.ts';
import { startTestCarrier, type TestCarrier } from '../testing/test-carrier.ts';

describe('<Dial>', () => {
  let carrier: TestCarrier;
  before(async () => {
    carrier = await startTestCarrier();
  });
  after(() => carrier.close());

  it('rings, bridges, records both sides apart and reports every step', async () => {
    const { web } = carrier;
    web.answer('/1/action', '<Hangup/>');
    carrier.application.statusCallback = `${web.url}/1/app`;
    const browser = carrier.call(
      `<Dial answerOnBridge="true" callerId="+20224610000" record="record-from-answer-dual" trim="do-not-trim"
        recordingStatusCallback="${web.url}/1/recording" recordingStatusCallbackEvent="in-progress completed absent"
        action="/1/action">
        <Number statusCallback="${web.url}/1/status" statusCallbackEvent="initiated ringing answered completed">+201001234577</Number>
      </Dial>`,
      { To: '010 0123 4577', CallId: 'abc', From: 'client:forged' },
    );
    await browser.rang.promise;
    assert.equal(browser.isAnswered, false);
    await browser.answered.promise;
    await web.waitFor('/1/status', 3);
    browser.heard();
    await new Promise((resolve) => setTimeout(resolve, 1000));
    assert.ok(goertzelShare(browser.heard(), 1200) > 0.9);
    browser.putDown();

    await web.waitFor('/1/recording', 2);
    await web.waitFor('/1/status', 4);
    const wav = decodeWav(await readFile(carrier.parts.recordings.fileOf(carrier.parts.recordings.list()[0]!)));
    assert.ok(goertzelShare(wav.channels[0]!, 440) > 0.9);
    assert.ok(goertzelShare(wav.channels[1]!, 1200) > 0.9);
    assert.ok(goertzelShare(wav.channels[0]!, 1200) < 0.05 && rms(wav.channels[1]!) > 0.01);
    assert.deepEqual(web.badlySigned, []);
    assert.deepEqual(carrier.log, []);
  });
});
