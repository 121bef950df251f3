import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { goertzelShare, rms } from '../media/level.ts';
import { phrase } from '../media/speech.ts';
import { tone } from '../media/tones.ts';
import { contains } from '../testing/listening-far-end.ts';
import { CALLER_ID, startTestCarrier, type TestCarrier } from '../testing/test-carrier.ts';

describe('the far ends', { concurrency: true }, () => {
  let carrier: TestCarrier;
  before(async () => {
    carrier = await startTestCarrier({
      '66': { ringsMs: 0, outcome: 'answers', talk: () => Promise.reject(new Error('lost for words')) },
    });
  });
  after(() => carrier.close());

  /** Dials a number that ends in these digits; everything about it is told to paths of its own. */
  const dial = (digits: string, hz = 0, timeout = 20) => {
    const { web } = carrier;
    web.answer(`/${digits}/action`, '<Hangup/>');
    const browser = carrier.call(
      `<Dial answerOnBridge="true" callerId="${CALLER_ID}" timeout="${timeout}" action="/${digits}/action">
        <Number statusCallback="${web.url}/${digits}/status" statusCallbackEvent="initiated ringing answered completed">
          +2010012345${digits}</Number></Dial>`,
      {},
      hz,
    );
    const endsWith = async (events: string[], sipResponseCode: string, dialCallStatus: string) => {
      assert.equal(await browser.ended.promise, undefined);
      const statuses = (await web.waitFor(`/${digits}/status`, events.length)).map(({ fields }) => fields);
      statuses.sort((one, other) => Number(one['SequenceNumber']) - Number(other['SequenceNumber']));
      assert.deepEqual(
        statuses.map(({ CallStatus }) => CallStatus),
        events,
      );
      assert.equal(statuses.at(-1)?.['SipResponseCode'], sipResponseCode);
      assert.equal(web.at(`/${digits}/action`)[0]?.fields['DialCallStatus'], dialCallStatus);
    };
    return { browser, endsWith };
  };

  for (const digits of ['00', '42']) {
    it(`${digits} answers after a second, speaks, then listens in silence`, async () => {
      const { browser } = dial(digits);
      await browser.rang.promise;
      const rang = performance.now();
      await browser.answered.promise;
      const waited = performance.now() - rang;
      assert.ok(waited > 700 && waited < 5000, `${waited} ms`);
      const spoken = (phrase('greeting').length + phrase('greeting-ar').length) / 8 + 1000;
      await carrier.elapse(spoken);
      const heard = browser.heard();
      assert.ok(contains(heard, phrase('greeting')) && contains(heard, phrase('greeting-ar')));
      await carrier.elapse(500);
      assert.equal(rms(browser.heard()), 0);
      assert.equal(browser.isOver, false);
      browser.putDown();
    });
  }

  it('01 echoes, 400 ms later', async () => {
    const { browser } = dial('01');
    await browser.answered.promise;
    await carrier.elapse(phrase('echo').length / 8 + 500);
    browser.heard();
    browser.say(440);
    await carrier.elapse(1200);
    const heard = browser.heard();
    const delay = heard.findIndex((sample) => Math.abs(sample) > 100) / 8;
    assert.ok(delay >= 400 && delay <= 500, `${delay} ms`);
    assert.ok(goertzelShare(heard, 440) > 0.9);
    browser.putDown();
  });

  it('02 is busy', () => dial('02').endsWith(['initiated', 'busy'], '486', 'busy'));
  it('03 rings until the timeout', () => {
    return dial('03', 0, 2).endsWith(['initiated', 'ringing', 'no-answer'], '487', 'no-answer');
  });
  it('04 declines', () => dial('04').endsWith(['initiated', 'ringing', 'busy'], '603', 'busy'));
  it('05 is not in service', () => dial('05').endsWith(['initiated', 'failed'], '404', 'failed'));

  it('06 answers and hangs up after 3 s', async () => {
    const { browser, endsWith } = dial('06');
    await browser.answered.promise;
    const answered = performance.now();
    await endsWith(['initiated', 'ringing', 'in-progress', 'completed'], '200', 'completed');
    const lasted = performance.now() - answered;
    assert.ok(lasted > 2800 && lasted < 8000, `${lasted} ms`);
    assert.ok(contains(browser.heard(), phrase('short-call')));
    const seconds = Number(carrier.web.at('/06/action')[0]?.fields['DialCallDuration']);
    assert.ok(seconds >= 3 && seconds <= 8, `${seconds} s`);
  });

  it('07 says which key was pressed', async () => {
    const { browser } = dial('07');
    await browser.answered.promise;
    await carrier.elapse(phrase('menu').length / 8 + 200);
    assert.ok(contains(browser.heard(), phrase('menu')));
    for (const [key, name] of [
      ['5', 'key-5'],
      ['#', 'key-pound'],
    ] as const) {
      browser.press(key);
      await carrier.elapse((phrase('pressed').length + phrase(name).length) / 8 + 200);
      const heard = browser.heard();
      assert.ok(contains(heard, phrase('pressed')) && contains(heard, phrase(name)), key);
    }
    browser.putDown();
  });

  it('08 greets, beeps at 1000 Hz for half a second, and listens', async () => {
    const { browser } = dial('08');
    await browser.answered.promise;
    await carrier.elapse(phrase('voicemail').length / 8 + 1500);
    const heard = browser.heard();
    assert.ok(contains(heard, phrase('voicemail')));
    assert.ok(contains(heard, tone(1000, 500)));
    await carrier.elapse(300);
    assert.equal(rms(browser.heard()), 0);
    browser.putDown();
  });

  it('09 answers after 8 s of ringing', async () => {
    const { browser } = dial('09');
    await browser.rang.promise;
    const rang = performance.now();
    await browser.answered.promise;
    const waited = performance.now() - rang;
    assert.ok(waited > 7500 && waited < 14_000, `${waited} ms`);
    browser.putDown();
  });

  it('hang up when their own code fails, which the log tells', async () => {
    const { browser, endsWith } = dial('66');
    await endsWith(['initiated', 'ringing', 'in-progress', 'completed'], '200', 'completed');
    assert.equal(browser.isAnswered, false, 'it was gone before the two could be joined');
    assert.ok(carrier.log.some(({ message }) => /lost for words/.test(message)));
  });
});
