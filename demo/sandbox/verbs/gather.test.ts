import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { speak } from '../media/speech.ts';
import { contains } from '../testing/listening-far-end.ts';
import { startTestCarrier, type TestCarrier } from '../testing/test-carrier.ts';

describe('<Gather>', { concurrency: true }, () => {
  let carrier: TestCarrier;
  before(async () => {
    carrier = await startTestCarrier();
  });
  after(() => carrier.close());

  it('is interrupted by a key, and takes so many', async () => {
    const { web } = carrier;
    web.answer('/1/keys', '<Hangup/>');
    const browser = carrier.call(
      '<Gather numDigits="3" action="/1/keys"><Say loop="0">Enter your number</Say><Play digits="9"/></Gather>',
    );
    await browser.answered.promise;
    await carrier.elapse(speak('Enter your number').length / 8 + 100);
    assert.ok(contains(browser.heard(), speak('Enter your number')));
    for (const key of '12#3') browser.press(key);
    const [webhook] = await web.waitFor('/1/keys');
    assert.equal(webhook?.fields['Digits'], '12');
    assert.equal(webhook?.fields['FinishedOnKey'], '#');
    assert.equal(webhook?.fields['CallStatus'], 'in-progress');
    await browser.ended.promise;
  });

  it('ends at the number of digits, whatever the finishing key', async () => {
    carrier.web.answer('/2/keys', '');
    const browser = carrier.call('<Gather numDigits="2" finishOnKey="" action="/2/keys" method="GET"/>');
    await browser.answered.promise;
    for (const key of '#*7') browser.press(key);
    await browser.ended.promise;
    const [webhook] = carrier.web.at('/2/keys');
    assert.equal(webhook?.fields['Digits'], '#*');
    assert.equal(webhook?.method, 'GET');
  });

  it('ends after the timeout with what it has, and goes on to the next verb with nothing', async () => {
    const { web } = carrier;
    web.answer('/3/keys', '<Gather timeout="1" action="/3/more"/><Redirect>/3/next</Redirect>');
    const browser = carrier.call('<Gather timeout="1" action="/3/keys"/>');
    await browser.answered.promise;
    browser.press('4');
    assert.equal((await web.waitFor('/3/keys'))[0]?.fields['Digits'], '4');
    await browser.ended.promise;
    assert.equal(web.at('/3/next').length, 1);
    assert.equal(web.at('/3/more').length, 0);
  });

  it('without bargeIn plays the prompt to its end, and takes the keys that come after', async () => {
    const { web } = carrier;
    web.answer('/5/keys', '');
    const browser = carrier.call(
      '<Gather bargeIn="false" numDigits="1" action="/5/keys"><Say>Enter your number</Say></Gather>',
    );
    await browser.answered.promise;
    await carrier.elapse(200);
    browser.press('1');
    await carrier.elapse(speak('Enter your number').length / 8 + 400);
    assert.ok(contains(browser.heard(), speak('Enter your number')));
    assert.deepEqual(web.at('/5/keys'), []);
    browser.press('2');
    assert.equal((await web.waitFor('/5/keys'))[0]?.fields['Digits'], '2');
    await browser.ended.promise;
  });

  it('asks the action with nothing when it shall', async () => {
    carrier.web.answer('/4/keys', '');
    const browser = carrier.call('<Gather timeout="0" actionOnEmptyResult="true" action="/4/keys"/>');
    await browser.ended.promise;
    assert.equal(carrier.web.at('/4/keys')[0]?.fields['Digits'], '');
  });
});
