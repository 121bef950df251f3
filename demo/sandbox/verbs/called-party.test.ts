import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { goertzelShare, rms } from '../media/level.ts';
import { speak } from '../media/speech.ts';
import { TestBrowser } from '../testing/test-browser.ts';
import { contains, ListeningFarEnd } from '../testing/listening-far-end.ts';
import { CALLER_ID, startTestCarrier, type TestCarrier } from '../testing/test-carrier.ts';

const NOTICE = 'This call is recorded.';

describe('the called party', { concurrency: true }, () => {
  let carrier: TestCarrier;
  const farEnds = { '61': new ListeningFarEnd(), '62': new ListeningFarEnd(), '63': new ListeningFarEnd() };
  before(async () => {
    carrier = await startTestCarrier(farEnds);
    for (const identity of ['agent_8', 'agent_9']) carrier.registered.add(identity);
  });
  after(async () => {
    assert.deepEqual(carrier.web.badlySigned, []);
    await carrier.close();
  });
  const ringing = async (identity: string) => {
    for (;;) {
      const one = carrier.ringing.get(identity);
      if (one) return one;
      await carrier.elapse(20);
    }
  };

  it('hears its announcement before it is joined; the caller does not', async () => {
    const { web } = carrier;
    web.answer('/1/notice', `<Say>${NOTICE}</Say>`);
    const browser = carrier.call(
      `<Dial answerOnBridge="true" callerId="${CALLER_ID}"><Number url="/1/notice">+201001234561</Number></Dial>`,
    );
    const farEnd = farEnds['61'];
    await farEnd.answered.promise;
    assert.equal(browser.isAnswered, false);
    await browser.answered.promise;
    const announced = farEnd.heard();
    assert.ok(contains(announced, speak(NOTICE)));
    assert.ok(goertzelShare(announced.subarray(0, speak(NOTICE).length), 440) < 0.3);
    await carrier.elapse(400);
    assert.ok(goertzelShare(farEnd.heard(), 440) > 0.9);
    assert.ok(rms(browser.heard()) < 0.001, 'the far end is silent, and nothing else is heard');
    const fields = web.at('/1/notice')[0]?.fields ?? {};
    assert.equal(fields['ParentCallSid'], browser.callSid);
    assert.equal(fields['Direction'], 'outbound-dial');
    assert.equal(fields['CallStatus'], 'in-progress');
    assert.equal(fields['To'], '+201001234561');
    browser.putDown();
  });

  it('is not joined when its announcement cannot be had', async () => {
    const { web } = carrier;
    web.answer('/2/notice', { status: 500 });
    web.answer('/2/action', '<Hangup/>');
    const browser = carrier.call(
      `<Dial answerOnBridge="true" callerId="${CALLER_ID}" action="/2/action">
        <Number url="/2/notice">+201001234577</Number></Dial>`,
    );
    await browser.ended.promise;
    assert.equal(browser.isAnswered, false);
    assert.equal(web.at('/2/action')[0]?.fields['DialBridged'], 'false');
    assert.ok(carrier.log.some(({ code, message }) => code === 11200 && /2\/notice answered 500/.test(message)));
  });

  it('hears the keys of sendDigits and of the caller', async () => {
    const browser = carrier.call(
      `<Dial answerOnBridge="true" callerId="${CALLER_ID}"><Number sendDigits="1w2">+201001234562</Number></Dial>`,
    );
    await browser.answered.promise;
    assert.deepEqual(farEnds['62'].keys, ['1', '2']);
    browser.press('#');
    await carrier.elapse(40);
    assert.deepEqual(farEnds['62'].keys, ['1', '2', '#']);
    browser.putDown();
  });

  it('is a browser, too: parameters, audio both ways, keys as tones, messages', async () => {
    const { web } = carrier;
    const caller = carrier.call(
      `<Dial answerOnBridge="true"><Client statusCallback="${web.url}/4/status" statusCallbackEvent="ringing completed">
        <Identity>agent_8</Identity><Parameter name="customer" value="منى &amp; Co"/></Client></Dial>`,
    );
    const { offer, events } = await ringing('agent_8');
    await caller.rang.promise;
    const { callSid, ...rest } = offer;
    assert.match(callSid, /^CA[0-9a-f]{32}$/);
    const parameters = { customer: 'منى & Co' };
    assert.deepEqual(rest, { identity: 'agent_8', from: 'client:agent_7', to: 'client:agent_8', parameters });
    const called = new TestBrowser('agent_8', 700, callSid);
    events.answered(called);
    await caller.answered.promise;
    await carrier.elapse(300);
    assert.ok(goertzelShare(caller.heard(), 700) > 0.9);
    assert.ok(goertzelShare(called.heard(), 440) > 0.9);
    caller.press('5');
    await carrier.elapse(300);
    const key = called.heard();
    assert.ok(goertzelShare(key, 770) > 0.4 && goertzelShare(key, 1336) > 0.4);
    const message = { content: { hello: 1 }, contentType: 'application/json', messageType: 'user-defined-message' };
    caller.send(message);
    called.send({ ...message, content: 'back' });
    assert.deepEqual(called.messages, [message]);
    assert.deepEqual(caller.messages, [{ ...message, content: 'back' }]);
    called.putDown();
    assert.equal(await caller.ended.promise, undefined);
    const statuses = await web.waitFor('/4/status', 2);
    assert.deepEqual(new Set(statuses.map(({ fields }) => fields['CallStatus'])), new Set(['ringing', 'completed']));
    assert.equal(statuses[0]?.fields['To'], 'client:agent_8');
  });

  it('may reject, and may not be there', async () => {
    const { web } = carrier;
    web.answer('/5/action', '');
    const dial = (identity: string) =>
      carrier.call(
        `<Dial action="/5/action"><Client statusCallback="${web.url}/5/${identity}">${identity}</Client></Dial>`,
      );
    const rejected = dial('agent_9');
    (await ringing('agent_9')).events.rejected();
    await rejected.ended.promise;
    const absent = dial('nobody');
    await absent.ended.promise;
    const statusOf = async (identity: string) => {
      const fields = (await web.waitFor(`/5/${identity}`))[0]?.fields;
      return [fields?.['CallStatus'], fields?.['SipResponseCode']];
    };
    assert.deepEqual(await statusOf('agent_9'), ['busy', '603']);
    assert.deepEqual(await statusOf('nobody'), ['no-answer', '480']);
    assert.deepEqual(
      web.at('/5/action').map(({ fields }) => fields['DialCallStatus']),
      ['busy', 'no-answer'],
    );
  });

  it('can be moved to other TwiML; the caller goes on with the action', async () => {
    const { web, parts } = carrier;
    web.answer('/6/action', '<Pause length="2"/>');
    const browser = carrier.call(
      `<Dial answerOnBridge="true" callerId="${CALLER_ID}" action="/6/action">
        <Number statusCallback="${web.url}/6/status">+201001234563</Number></Dial>`,
    );
    await browser.answered.promise;
    const child = parts.calls.list().find(({ address }) => address.parent?.sid === browser.callSid);
    farEnds['63'].heard();
    child?.onRedirect?.({ twiml: `<Response><Say>${NOTICE}</Say></Response>` });
    const [action] = await web.waitFor('/6/action');
    assert.equal(action?.fields['DialCallStatus'], 'answered');
    assert.equal(action && 'DialCallDuration' in action.fields, false);
    await web.waitFor('/6/status');
    assert.ok(contains(farEnds['63'].heard(), speak(NOTICE)));
    await browser.ended.promise;
  });
});
