import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CallRecord, RefusalCode } from '../service/contract.ts';
import { CarrierNews } from './carrier-news.ts';
import { NO_VERDICT, type DialerEvent, type Verdict } from './core/events.ts';
import { IDLE, type DialerState } from './core/state.ts';
import { transition } from './core/transition.ts';
import type { FeedListener } from './service-feed.ts';

/** The dialer's state as the service's news change it. */
function newsOfACall() {
  let listener: FeedListener | undefined;
  let state: DialerState = IDLE;
  const tell = (event: DialerEvent): void => {
    [state] = transition(state, event);
  };
  tell({ type: 'dial-requested', callId: 'a-call', number: '+201001234500', name: null, record: true, at: 1 });
  const news = new CarrierNews({
    client: { agentId: async () => 'mona', getCall: () => Promise.reject(new Error('not asked')) },
    feed: {
      listen: (heard: FeedListener) => {
        listener = heard;
        return () => {};
      },
    },
    getState: () => state,
    tell,
    onHeard: () => {},
    always: true,
  });
  return {
    news,
    state: () => state,
    tell,
    hear: (record: Partial<CallRecord>) =>
      listener?.onCall?.({ callId: 'a-call', recordings: [], ...record } as unknown as CallRecord),
    end: () => news.close(),
  };
}

const REFUSED = { status: 'ended', outcome: 'failed' } as const;
const CARRIERS: Verdict = { outcome: null, problem: { code: 'carrier-refused', carrierCode: 31002 } };

/** All of them: one that is missing does not compile. */
const REFUSALS: Record<RefusalCode, true> = {
  'number-invalid': true,
  'number-emergency': true,
  'number-short': true,
  'number-type-refused': true,
  'country-refused': true,
  'no-caller-id': true,
  'caller-id-refused': true,
  'outgoing-stopped': true,
  'agent-blocked': true,
  'calls-too-many': true,
  'calls-at-once': true,
  'number-called-too-often': true,
  'spend-limit': true,
  'recording-required': true,
};

for (const refusal of Object.keys(REFUSALS) as RefusalCode[]) {
  test(`refused when the carrier asked (${refusal}): the call ends with the words for that`, () => {
    const { state, hear, end } = newsOfACall();
    hear({ ...REFUSED, refusal });
    assert.deepEqual(
      [state().phase, state().outcome, state().problem],
      ['ended', 'failed', { code: refusal, carrierCode: null }],
    );
    end();
  });
}

test('the reason that comes after the phone has heard the end takes the place of the carrier’s', () => {
  const { state, tell, hear, end } = newsOfACall();
  tell({ type: 'call-ended', callId: 'a-call', at: 2, verdict: CARRIERS });
  assert.equal(state().phase, 'ending');
  hear({ ...REFUSED, refusal: 'calls-at-once' });
  assert.equal(state().problem?.code, 'calls-at-once');
  end();
});

test('a call that failed for another reason has none of ours', () => {
  const { state, hear, end } = newsOfACall();
  hear(REFUSED);
  assert.deepEqual([state().outcome, state().problem], ['failed', NO_VERDICT.problem]);
  end();
});

test('what is recorded is told apart from what a pause keeps out, and both from no recording', () => {
  const { state, tell, hear, end } = newsOfACall();
  tell({ type: 'call-opened', callId: 'a-call', at: 2 });
  const recordings = [{ status: 'processing' }] as CallRecord['recordings'];
  const marks = () => [state().call?.recording, state().call?.recordingPaused];
  const told: unknown[] = [marks()];
  for (const pause of [{}, { recordingPaused: true }, {}] as const) {
    hear({ status: 'open', recordings, ...pause });
    told.push(marks());
  }
  hear({ status: 'open' });
  told.push(marks());
  assert.deepEqual(told, [
    [false, false],
    [true, false],
    [false, true],
    [true, false],
    [false, false],
  ]);
  end();
});

test('the trouble of one call is not told of the next', async () => {
  const { state, tell, hear, news, end } = newsOfACall();
  tell({ type: 'call-opened', callId: 'a-call', at: 2 });
  const lost: Verdict = { outcome: null, problem: { code: 'connection-lost', carrierCode: null } };
  tell({ type: 'call-ended', callId: 'a-call', at: 3, verdict: lost });
  const asked = news.fetchOutcome('a-call', lost);
  hear({ status: 'ended', outcome: 'answered' });
  assert.deepEqual([state().outcome, state().problem], ['answered', lost.problem]);
  tell({ type: 'dismiss-requested' });
  tell({ type: 'dial-requested', callId: 'the-next', number: '+201001234500', name: null, record: true, at: 4 });
  // The service's word comes before the phone's.
  hear({ callId: 'the-next', status: 'ended', outcome: 'busy' });
  assert.deepEqual([state().outcome, state().problem], ['busy', null]);
  await asked;
  end();
});
