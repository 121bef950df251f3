import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { encodeMuLaw, decodeMuLaw } from '../media/g711.ts';
import { goertzelShare, rms } from '../media/level.ts';
import { speak } from '../media/speech.ts';
import { tone } from '../media/tones.ts';
import { encodeWav } from '../media/wav.ts';
import { contains } from '../testing/listening-far-end.ts';
import { startTestCarrier, type TestCarrier } from '../testing/test-carrier.ts';

describe('<Say>, <Play> and <Pause>', { concurrency: true }, () => {
  let carrier: TestCarrier;
  before(async () => {
    carrier = await startTestCarrier();
  });
  after(() => carrier.close());

  it('speaks, answers the call for it, and ends it after the last verb', async () => {
    const browser = carrier.call('<Say language="en-US">Hello there</Say><Say loop="2">Bye</Say>');
    assert.equal(await browser.ended.promise, undefined);
    assert.ok(browser.isAnswered);
    const heard = browser.heard();
    assert.ok(contains(heard, speak('Hello there')));
    assert.ok(heard.length >= speak('Hello there').length + 2 * speak('Bye').length);
  });

  it('plays WAV files of the customer, PCM and µ-law', async () => {
    const { web } = carrier;
    const sound = tone(900, 300);
    const muLaw = encodeMuLaw(sound);
    const header = encodeWav([new Int16Array()]);
    header.writeUInt16LE(7, 20);
    header.writeUInt16LE(8, 34);
    header.writeUInt32LE(muLaw.length, 40);
    web.answer('/pcm.wav', { type: 'audio/wav', body: encodeWav([sound]) });
    web.answer('/ulaw.wav', { type: 'audio/wav', body: Buffer.concat([header, muLaw]) });
    const browser = carrier.call(`<Play>${web.url}/pcm.wav</Play><Pause length="1"/><Play>/ulaw.wav</Play>`);
    await browser.ended.promise;
    const heard = browser.heard();
    assert.ok(contains(heard, sound));
    assert.ok(contains(heard, decodeMuLaw(muLaw)));
    assert.ok(heard.length >= 8000 * 1.6, 'and pauses in between');
  });

  it('presses keys', async () => {
    const browser = carrier.call('<Play digits="1ww2"/>');
    await browser.ended.promise;
    const heard = browser.heard();
    assert.ok(goertzelShare(heard, 1209) > 0.4 && goertzelShare(heard, 1336) > 0.4);
  });

  it('waits before it answers when <Pause> comes first', async () => {
    const browser = carrier.call('<Pause length="3"/><Say>Hello</Say>');
    await carrier.elapse(500);
    assert.equal(browser.isAnswered, false);
    await browser.answered.promise;
    browser.putDown();
  });

  for (const [name, file, code, message] of [
    [
      'another sample rate',
      encodeWav([tone(900, 100)], 16_000),
      12300,
      /plays WAV files of 8 kHz; this one has 16000 Hz/,
    ],
    ['another format', Buffer.from('ID3 not a wave file'), 12300, /not a WAV file/],
    ['a missing file', undefined, 11200, /answered 404/],
  ] as const) {
    it(`apologises for ${name}, and logs why`, async () => {
      const { web, log } = carrier;
      const path = `/${name.replaceAll(' ', '-')}.wav`;
      web.answer(path, file ? { type: 'audio/wav', body: file } : { status: 404 });
      const browser = carrier.call(`<Play>${path}</Play>`);
      await browser.ended.promise;
      const entry = log.find(({ callSid }) => callSid === browser.callSid);
      assert.equal(entry?.code, code);
      assert.match(entry?.message ?? '', message);
      assert.ok(rms(browser.heard()) > 0.01);
    });
  }
});
