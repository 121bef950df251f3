import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import type { FarEnd } from '../far-ends/far-end.ts';
import { goertzelShare, rms } from '../media/level.ts';
import { decodeWav } from '../media/wav.ts';
import { ACCOUNT_URL, CALLER_ID, HUMMING, startTestCarrier, type TestCarrier } from '../testing/test-carrier.ts';

const RFC_2822 = /^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d \+0000$/;
const ALL_EVENTS = 'statusCallbackEvent="initiated ringing answered completed"';

/** Found out long after number …77 has answered. */
const BUSY_LATER: FarEnd = { ringsMs: 5000, outcome: 'busy' };

/** A duration in whole seconds that is `least` where nothing is late. */
function lasts(seconds: string | undefined, least: number): void {
  assert.match(String(seconds), /^\d+$/);
  assert.ok(Number(seconds) >= least && Number(seconds) <= least + 8, `${seconds} s`);
}

describe('<Dial> of a number', { concurrency: true }, () => {
  let carrier: TestCarrier;
  before(async () => {
    carrier = await startTestCarrier({ '64': BUSY_LATER, '65': { ...HUMMING, ringsMs: 1000 } });
    carrier.application.statusCallback = `${carrier.web.url}/app`;
  });
  after(async () => {
    assert.deepEqual(carrier.web.badlySigned, []);
    await carrier.close();
  });

  const endOf = async (callSid: string) => {
    for (let count = 1; ; count += 1) {
      const ends = await carrier.web.waitFor('/app', count);
      const end = ends.find(({ fields }) => fields['CallSid'] === callSid);
      if (end) return end.fields;
    }
  };

  it('rings, bridges, records both sides apart and reports every step', async () => {
    const { web, parts } = carrier;
    const browser = carrier.call(
      `<Dial answerOnBridge="true" callerId="${CALLER_ID}" record="record-from-answer-dual" action="/1/action"
        recordingStatusCallback="${web.url}/1/recording" recordingStatusCallbackEvent="in-progress completed absent">
        <Number statusCallback="${web.url}/1/status#rc=2" ${ALL_EVENTS}>+201001234577</Number>
      </Dial>`,
      { To: '010 0123 4577', CallId: 'abc', From: 'client:forged', CallSid: 'CAforged', AccountSid: 'ACforged' },
    );
    const [asked] = await web.waitFor('/twiml-1');
    const { accountSid } = parts.account;
    const ofParent = {
      AccountSid: accountSid,
      ApiVersion: '2010-04-01',
      ApplicationSid: carrier.application.sid,
      CallSid: browser.callSid,
      Direction: 'inbound',
      From: 'client:agent_7',
      Caller: 'client:agent_7',
      To: '010 0123 4577',
      Called: '',
    };
    assert.deepEqual(asked?.fields, { ...ofParent, CallStatus: 'ringing', CallId: 'abc' });

    await browser.rang.promise;
    assert.equal(browser.isAnswered, false);
    await browser.answered.promise;
    browser.heard();
    await carrier.elapse(1800);
    browser.putDown();
    assert.ok(goertzelShare(browser.heard(), 1200) > 0.9);

    const statuses = (await web.waitFor('/1/status', 4)).map(({ fields }) => fields);
    const bySequence = statuses.toSorted(
      (one, other) => Number(one['SequenceNumber']) - Number(other['SequenceNumber']),
    );
    const childSid = statuses[0]?.['CallSid'];
    const [recording] = parts.recordings.list().filter(({ callSid }) => callSid === browser.callSid);
    assert.ok(recording);
    const recordingUrl = `${ACCOUNT_URL}/Recordings/${recording.sid}`;
    assert.deepEqual(
      bySequence.map(({ CallStatus }) => CallStatus),
      ['initiated', 'ringing', 'in-progress', 'completed'],
    );
    for (const { Timestamp } of bySequence) assert.match(String(Timestamp), RFC_2822);
    lasts(bySequence[3]?.['CallDuration'], 2);
    lasts(bySequence[3]?.['RecordingDuration'], 2);
    assert.deepEqual(bySequence[3], {
      AccountSid: accountSid,
      ApiVersion: '2010-04-01',
      CallSid: childSid,
      ParentCallSid: browser.callSid,
      CallStatus: 'completed',
      Direction: 'outbound-dial',
      From: CALLER_ID,
      Caller: CALLER_ID,
      To: '+201001234577',
      Called: '+201001234577',
      CallbackSource: 'call-progress-events',
      SequenceNumber: '3',
      Timestamp: bySequence[3]?.['Timestamp'],
      CallDuration: bySequence[3]?.['CallDuration'],
      Duration: '1',
      SipResponseCode: '200',
      RecordingSid: recording.sid,
      RecordingUrl: recordingUrl,
      RecordingDuration: bySequence[3]?.['RecordingDuration'],
    });

    const [started, completed] = (await web.waitFor('/1/recording', 2)).map(({ fields }) => fields);
    assert.equal(started?.['RecordingStatus'], 'in-progress');
    assert.deepEqual(completed, {
      AccountSid: accountSid,
      CallSid: browser.callSid,
      RecordingSid: recording.sid,
      RecordingUrl: recordingUrl,
      RecordingStatus: 'completed',
      RecordingDuration: bySequence[3]?.['RecordingDuration'],
      RecordingChannels: '2',
      RecordingStartTime: started?.['RecordingStartTime'],
      RecordingSource: 'DialVerb',
      RecordingTrack: 'both',
    });
    assert.match(String(started?.['RecordingStartTime']), RFC_2822);
    const { channels } = decodeWav(await readFile(parts.recordings.fileOf(recording)));
    const [left, right] = channels;
    assert.ok(left && right && channels.length === 2 && left.length === right.length);
    assert.ok(goertzelShare(left, 440) > 0.9 && goertzelShare(left, 1200) < 0.05);
    assert.ok(goertzelShare(right, 1200) > 0.9 && goertzelShare(right, 440) < 0.05);

    const end = await endOf(browser.callSid);
    const { Timestamp, CallDuration, ...rest } = end;
    assert.match(String(Timestamp), RFC_2822);
    lasts(CallDuration, 2);
    assert.deepEqual(rest, {
      ...ofParent,
      CallStatus: 'completed',
      CallbackSource: 'call-progress-events',
      SequenceNumber: '0',
      Duration: '1',
    });
    assert.deepEqual(web.at('/1/action'), [], 'nobody is there to go on with');
  });

  it('answers the caller at once without answerOnBridge, and lets it hear ringing', async () => {
    const browser = carrier.call(`<Dial callerId="${CALLER_ID}" timeout="1">+201001234503</Dial>`);
    await browser.answered.promise;
    await carrier.elapse(500);
    assert.ok(goertzelShare(browser.heard(), 425) > 0.9);
    assert.equal(await browser.ended.promise, undefined);
    assert.equal((await endOf(browser.callSid))['CallStatus'], 'completed');
  });

  it('asks the action with the outcome when nobody answers in time', async () => {
    const { web } = carrier;
    web.answer('/3/action', '<Hangup/>');
    const browser = carrier.call(
      `<Dial answerOnBridge="true" callerId="${CALLER_ID}" timeout="1" action="${web.url}/3/action" method="GET">
        <Number statusCallback="${web.url}/3/status">+201001234503</Number></Dial>`,
    );
    assert.equal(await browser.ended.promise, undefined);
    assert.equal(browser.isAnswered, false);
    const [child] = (await web.waitFor('/3/status')).map(({ fields }) => fields);
    assert.equal(child?.['CallStatus'], 'no-answer');
    assert.equal(child?.['SipResponseCode'], '487');
    assert.equal(child?.['SequenceNumber'], '0');
    assert.equal(child?.['CallDuration'], '0');
    assert.equal(child?.['Duration'], '0');
    const [action] = web.at('/3/action');
    assert.equal(action?.method, 'GET');
    const { CallSid, CallStatus, DialCallStatus, DialCallSid, DialBridged } = action?.fields ?? {};
    assert.deepEqual(
      { CallSid, CallStatus, DialCallStatus, DialCallSid, DialBridged },
      {
        CallSid: browser.callSid,
        CallStatus: 'ringing',
        DialCallStatus: 'no-answer',
        DialCallSid: child?.['CallSid'],
        DialBridged: 'false',
      },
    );
    assert.equal(action && 'DialCallDuration' in action.fields, false);
  });

  it('cancels the ringing when the caller hangs up, and asks no action', async () => {
    const { web } = carrier;
    const browser = carrier.call(
      `<Dial answerOnBridge="true" callerId="${CALLER_ID}" action="/4/action">
        <Number statusCallback="${web.url}/4/status">+201001234503</Number></Dial>`,
    );
    await browser.rang.promise;
    browser.putDown();
    const [child] = (await web.waitFor('/4/status')).map(({ fields }) => fields);
    assert.equal(child?.['CallStatus'], 'canceled');
    assert.equal(child?.['SipResponseCode'], '487');
    assert.equal((await endOf(browser.callSid))['CallStatus'], 'no-answer');
    assert.deepEqual(web.at('/4/action'), []);
  });

  it('rings several at once; the first answer wins and the others are canceled', async () => {
    const { web } = carrier;
    web.answer('/5/action', '<Hangup/>');
    const noun = (number: string) => `<Number statusCallback="${web.url}/5/${number}">+2010012345${number}</Number>`;
    const browser = carrier.call(
      `<Dial callerId="${CALLER_ID}" timeLimit="1" action="/5/action">${noun('03')}${noun('64')}${noun('77')}</Dial>`,
    );
    assert.equal(await browser.ended.promise, undefined);
    const statusOf = async (number: string) => (await web.waitFor(`/5/${number}`))[0]?.fields ?? {};
    assert.equal((await statusOf('03'))['CallStatus'], 'canceled');
    assert.equal((await statusOf('77'))['CallStatus'], 'completed');
    assert.equal((await statusOf('64'))['CallStatus'], 'canceled');
    const action = web.at('/5/action')[0]?.fields ?? {};
    assert.equal(action['DialCallSid'], (await statusOf('77'))['CallSid']);
    assert.equal(action['DialCallStatus'], 'completed');
    lasts(action['DialCallDuration'], 1);
    assert.equal(action['DialBridged'], 'true');
    assert.equal(action['CallStatus'], 'in-progress');
  });

  it('lets the caller end the child with a star, and goes on with the next verb', async () => {
    const { web } = carrier;
    web.answer('/6/action', '<Pause length="1"/>');
    const browser = carrier.call(
      `<Dial answerOnBridge="true" callerId="${CALLER_ID}" hangupOnStar="true" action="/6/action">+201001234577</Dial>`,
    );
    await browser.answered.promise;
    browser.press('5');
    browser.press('*');
    const [action] = await web.waitFor('/6/action');
    assert.equal(action?.fields['DialCallStatus'], 'answered');
    assert.equal(browser.isOver, false);
    await browser.ended.promise;
  });

  it('runs the next verb when there is no action', async () => {
    const browser = carrier.call(
      `<Dial callerId="${CALLER_ID}">+201001234502</Dial><Redirect>${carrier.web.answer('/7/next', '')}</Redirect>`,
    );
    await browser.ended.promise;
    assert.equal(carrier.web.at('/7/next').length, 1);
  });

  it('refuses a caller ID that is not of the account, as Twilio does', async () => {
    const { web, log } = carrier;
    web.answer('/8/action', '');
    const browser = carrier.call('<Dial action="/8/action" callerId="+15005550006">+201001234577</Dial>');
    await browser.ended.promise;
    const [action] = web.at('/8/action');
    assert.equal(action?.fields['DialCallStatus'], 'failed');
    assert.equal(action && 'DialCallSid' in action.fields, false);
    const entry = log.find(({ callSid }) => callSid === browser.callSid);
    assert.equal(entry?.code, 13214);
    assert.match(entry?.message ?? '', /"\+15005550006" is no callerId of the account; it has \+20224610000/);
  });

  it('reports a finished recording only, unless asked for more; mono mixes both sides', async () => {
    const { web, parts } = carrier;
    const browser = carrier.call(
      `<Dial callerId="${CALLER_ID}" record="record-from-ringing" recordingStatusCallback="${web.url}/9/recording"
        timeLimit="1" action="${web.answer('/9/action', '')}">+201001234565</Dial>`,
    );
    await browser.ended.promise;
    const [webhook] = await web.waitFor('/9/recording');
    assert.equal(webhook?.fields['RecordingStatus'], 'completed');
    assert.equal(webhook?.fields['RecordingChannels'], '1');
    assert.equal(web.at('/9/recording').length, 1);
    assert.equal(web.at('/9/action')[0]?.fields['RecordingSid'], webhook?.fields['RecordingSid']);
    assert.equal(web.at('/9/action')[0]?.fields['RecordingUrl'], webhook?.fields['RecordingUrl']);
    const recording = parts.recordings.find(webhook?.fields['RecordingSid'] ?? '');
    assert.ok(recording);
    const [mixed] = decodeWav(await readFile(parts.recordings.fileOf(recording))).channels;
    assert.ok(mixed && goertzelShare(mixed, 440) > 0.2 && goertzelShare(mixed, 1200) > 0.2);
    const ringing = mixed.subarray(0, 1600);
    assert.ok(goertzelShare(ringing, 1200) < 0.05 && rms(ringing) > 0.01, 'begins while it rings');
  });
});
