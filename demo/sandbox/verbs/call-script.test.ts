import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { speak } from '../media/speech.ts';
import { contains } from '../testing/listening-far-end.ts';
import { TestBrowser } from '../testing/test-browser.ts';
import { startTestCarrier, type TestCarrier } from '../testing/test-carrier.ts';

describe('a call that follows TwiML', () => {
  let carrier: TestCarrier;
  before(async () => {
    carrier = await startTestCarrier();
    carrier.application.statusCallback = `${carrier.web.url}/app`;
  });
  after(() => carrier.close());
  const statusOf = async (callSid: string) => {
    for (let count = 1; ; count += 1) {
      const found = (await carrier.web.waitFor('/app', count)).find(({ fields }) => fields['CallSid'] === callSid);
      if (found) return found.fields['CallStatus'];
    }
  };

  it('ends without an error when the document ends, and with <Hangup>', async () => {
    for (const twiml of ['', '<Hangup/><Say>never heard</Say>']) {
      const browser = carrier.call(twiml);
      assert.equal(await browser.ended.promise, undefined);
      assert.ok(browser.isAnswered);
      assert.equal(await statusOf(browser.callSid), 'completed');
    }
  });

  it("gives the Voice URL the token's parameters before the browser's, and Twilio's own before both", async () => {
    const browser = carrier.call('<Hangup/>', { Tenant: 'forged', To: '+201001234500', Desk: '7' }, 440, {
      Tenant: 'one',
      To: '+999',
      CallSid: 'CA0',
    });
    await browser.ended.promise;
    const path = new URL(carrier.application.voiceUrl).pathname;
    const { Tenant, Desk, To, CallSid } = carrier.web.at(path)[0]?.fields ?? {};
    assert.deepEqual(
      { Tenant, Desk, To, CallSid },
      { Tenant: 'one', Desk: '7', To: '+201001234500', CallSid: browser.callSid },
    );
  });

  it('is refused by <Reject>, busy or not', async () => {
    const busy = carrier.call('<Reject reason="busy"/>');
    assert.deepEqual(await busy.ended.promise, { code: 31486, message: 'BusyHere' });
    assert.equal(await statusOf(busy.callSid), 'busy');
    const declined = carrier.call('<Reject/>');
    assert.deepEqual(await declined.ended.promise, { code: 31603, message: 'Decline' });
    assert.equal(declined.isAnswered, false);
    assert.equal(await statusOf(declined.callSid), 'failed');
  });

  it('follows <Redirect>, with the fields of the call', async () => {
    const { web } = carrier;
    web.answer('/moved', '<Hangup/>');
    const browser = carrier.call('<Redirect method="GET">/moved?from=here</Redirect>', { CallId: 'abc' });
    await browser.ended.promise;
    const [webhook] = web.at('/moved');
    assert.equal(webhook?.method, 'GET');
    assert.equal(webhook?.fields['from'], 'here');
    assert.equal(webhook?.fields['CallSid'], browser.callSid);
    assert.equal(webhook && 'CallId' in webhook.fields, false);
  });

  for (const [name, answer, code] of [
    ['an HTTP error', { status: 500 }, 11200],
    ['JSON', { type: 'application/json', body: '{}' }, 12300],
    ['broken XML', { type: 'text/xml', body: '<Response><Say>' }, 12100],
    ['an unknown verb', '<Fly/>', 12200],
  ] as const) {
    it(`is refused with 31603 after ${name}, which the log explains`, async () => {
      const { web, log } = carrier;
      web.answer('/broken', answer);
      const refused = carrier.call('<Redirect>/broken</Redirect>');
      assert.deepEqual(await refused.ended.promise, { code: 31603, message: 'Decline' });
      assert.equal(log.find(({ callSid }) => callSid === refused.callSid)?.code, code);
      assert.equal(await statusOf(refused.callSid), 'failed');
    });
  }

  it('goes on past an attribute that nobody knows, and warns in the log', async () => {
    const browser = carrier.call('<Hangup softly="true"/>');
    assert.equal(await browser.ended.promise, undefined);
    assert.deepEqual(
      carrier.log.filter(({ callSid }) => callSid === browser.callSid).map(({ level, code }) => [level, code]),
      [['warning', 12200]],
    );
  });

  it('goes on with the fallback, which is told what was wrong', async () => {
    const { web, application } = carrier;
    application.voiceFallbackUrl = web.answer('/fallback', '<Reject reason="busy"/>');
    const browser = carrier.call('<Redirect>/broken?x=1#rc=0</Redirect>');
    application.voiceFallbackUrl = '';
    assert.equal((await browser.ended.promise)?.code, 31486);
    const [webhook] = web.at('/fallback');
    assert.equal(webhook?.fields['ErrorCode'], '12200');
    assert.equal(webhook?.fields['ErrorUrl'], `${web.url}/broken?x=1`);
    assert.equal(webhook?.fields['CallSid'], browser.callSid);
  });

  it('is refused when the application has no Voice URL, or is not there', () => {
    const { calls, application } = carrier;
    const { voiceUrl } = application;
    application.voiceUrl = '';
    for (const [applicationSid, code] of [
      [application.sid, 31404],
      ['AP00000000000000000000000000000000', 31001],
    ] as const) {
      const call = new TestBrowser('agent_7', 0);
      calls.callPlaced({ identity: 'agent_7', applicationSid, parameters: {}, grantParameters: {}, call });
      assert.equal(call.error?.code, code);
    }
    application.voiceUrl = voiceUrl;
  });

  it('can be moved in the middle of a verb', async () => {
    const browser = carrier.call('<Say loop="0">Again and again</Say>');
    await browser.answered.promise;
    const leg = carrier.parts.calls.find(browser.callSid);
    leg?.onRedirect?.({ url: carrier.web.answer('/new', '<Say>Now this</Say>'), method: 'POST', fields: {} });
    await browser.ended.promise;
    assert.ok(contains(browser.heard(), speak('Now this')));
    assert.equal(carrier.web.at('/new')[0]?.fields['CallStatus'], 'in-progress');
  });

  it('reports the end of a call whose caller hangs up while TwiML is fetched', async () => {
    const waiting = Promise.withResolvers<string>();
    carrier.web.answer('/slow', () => waiting.promise);
    const browser = carrier.call('<Redirect>/slow</Redirect>');
    await carrier.web.waitFor('/slow');
    browser.putDown();
    assert.equal(await statusOf(browser.callSid), 'no-answer');
    waiting.resolve('');
  });
});
