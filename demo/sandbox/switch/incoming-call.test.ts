import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { goertzelShare } from '../media/level.ts';
import { phrase } from '../media/speech.ts';
import { ListeningFarEnd } from '../testing/listening-far-end.ts';
import { TestBrowser } from '../testing/test-browser.ts';
import { CALLER_ID, startTestCarrier, type TestCarrier } from '../testing/test-carrier.ts';
import { IncomingCallRefused, placeIncomingCall } from './incoming-call.ts';

describe("a customer's call", () => {
  let carrier: TestCarrier;
  const customer = new ListeningFarEnd();
  before(async () => {
    carrier = await startTestCarrier({ '61': customer });
    carrier.registered.add('agent_8');
  });
  after(async () => {
    assert.deepEqual(carrier.web.badlySigned, []);
    await carrier.close();
  });
  const place = (from: string, to = CALLER_ID, farEnd?: string) => {
    const { parts, calls } = carrier;
    const call = { from, to, ...(farEnd !== undefined && { farEnd }) };
    return placeIncomingCall(call, { account: parts.account, telephones: parts.telephones, calls });
  };
  const number = () => {
    const found = carrier.parts.account.numbers.get(CALLER_ID);
    assert.ok(found);
    return found;
  };

  it('runs the Voice URL of the number, rings an agent and joins the two', async () => {
    const { web, ringing } = carrier;
    number().statusCallback = `${web.url}/1/number`;
    number().voiceUrl = web.answer(
      '/1/voice',
      '<Dial answerOnBridge="true"><Client><Identity>agent_8</Identity></Client></Dial>',
    );
    const callSid = place('+201001234561');
    const [asked] = await web.waitFor('/1/voice');
    const { CallSid, From, Caller, To, Called, Direction, CallStatus, FromCountry, CalledCountry } =
      asked?.fields ?? {};
    assert.deepEqual(
      { CallSid, From, Caller, To, Called, Direction, CallStatus, FromCountry, CalledCountry },
      {
        CallSid: callSid,
        From: '+201001234561',
        Caller: '+201001234561',
        To: CALLER_ID,
        Called: CALLER_ID,
        Direction: 'inbound',
        CallStatus: 'ringing',
        FromCountry: 'EG',
        CalledCountry: 'EG',
      },
    );
    assert.equal(asked && 'ApplicationSid' in asked.fields, false);
    assert.match(asked?.fields['CallToken'] ?? '', /^[\w-]{20,}$/);
    while (!ringing.has('agent_8')) await carrier.elapse(20);
    const { offer, events } = ringing.get('agent_8')!;
    assert.equal(offer.from, '+201001234561');
    const agent = new TestBrowser('agent_8', 700, offer.callSid);
    events.answered(agent);
    await customer.answered.promise;
    await carrier.elapse(400);
    assert.ok(goertzelShare(customer.heard(), 700) > 0.9);
    (await customer.answered.promise).hangUp();
    assert.equal(await agent.ended.promise, undefined);
    const [end] = await web.waitFor('/1/number');
    assert.equal(end?.fields['CallStatus'], 'completed');
  });

  it('speaks when it is answered, as the digits or the far end say', async () => {
    const { web, parts } = carrier;
    number().voiceUrl = web.answer('/2/voice', '<Record playBeep="false" timeout="1" action="/2/action"/>');
    const callSid = place('+201001234561', CALLER_ID, '06');
    const [action] = await web.waitFor('/2/action');
    const recording = parts.recordings.find(action?.fields['RecordingSid'] ?? '');
    assert.equal(action && 'CallToken' in action.fields, false, 'the first webhook only');
    assert.equal(recording?.callSid, callSid);
    assert.ok(recording.seconds >= Math.floor(phrase('short-call').length / 8000));
  });

  for (const [from, to, farEnd, message] of [
    ['01001234500', CALLER_ID, undefined, /international form/],
    ['+201001234500', '+15005550006', undefined, /number of the account \(\+20224610000\)/],
    ['+201001234500', CALLER_ID, '99', /no far end "99"/],
  ] as const) {
    it(`is refused from ${from} to ${to}, far end ${farEnd}`, () => {
      assert.throws(
        () => place(from, to, farEnd),
        (error) => error instanceof IncomingCallRefused && message.test(error.message),
      );
    });
  }

  it('is refused by a number without a Voice URL', () => {
    number().voiceUrl = '';
    assert.throws(() => place('+201001234500'), /has no Voice URL/);
  });
});
