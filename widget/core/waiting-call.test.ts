import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { DialerEvent, Verdict } from './events.ts';
import type { DialerState, Phase } from './state.ts';
import { EVENTS, LOST, PATHS, run, stateIn } from './testing/every-event.ts';
import { transition } from './transition.ts';

const E = EVENTS;
const ARRIVES = E['call-arrived'];
const ANSWERED: Verdict = { outcome: 'answered', problem: null };
const OVER: DialerEvent[] = [E['call-ended'], { ...E['outcome-known'], otherwise: ANSWERED }];

describe('a customer calls', () => {
  test('it rings, is accepted, opens and ends like any call', () => {
    const { state, commands } = run([...PATHS.incoming, { type: 'answer-requested' }]);
    assert.equal(state.phase, 'incoming');
    assert.equal(state.call?.accepting, true);
    assert.deepEqual(commands, [{ type: 'accept', callId: 'a' }]);
    const open = run([E['call-opened']], state).state;
    assert.deepEqual([open.phase, open.call?.direction, open.call?.accepting], ['open', 'incoming', false]);
    assert.equal(run(OVER, open).state.outcome, 'answered');
  });

  test('accepting twice accepts once', () => {
    const { commands } = run([...PATHS.incoming, { type: 'answer-requested' }, { type: 'answer-requested' }]);
    assert.equal(commands.length, 1);
  });

  test('declined here, it is done with; hanging up on it is the same', () => {
    for (const type of ['decline-requested', 'hang-up-requested'] as const) {
      const asked = run([...PATHS.incoming, { type }]);
      assert.deepEqual(asked.commands, [{ type: 'reject', callId: 'a' }]);
      const declined: DialerEvent = { ...E['call-ended'], verdict: { outcome: 'declined', problem: null } };
      assert.equal(run([declined], asked.state).state.phase, 'idle');
    }
  });

  test('given up by the customer, it stays on show as missed until it is read', () => {
    const { state } = run([...PATHS.incoming, E['call-ended']]);
    assert.deepEqual([state.phase, state.outcome], ['ended', 'missed']);
    assert.equal(run([E['dismiss-requested']], state).state.phase, 'idle');
  });

  test('taken by another agent, it is gone without a word; not when it is being accepted here', () => {
    assert.equal(run([...PATHS.incoming, E['call-taken']]).state.phase, 'idle');
    assert.equal(run([...PATHS.incoming, { type: 'answer-requested' }, E['call-taken']]).state.phase, 'incoming');
  });

  test('a microphone that is not there fails it with the reason', () => {
    const { state } = run([...PATHS.incoming, { type: 'answer-requested' }, E['call-failed']]);
    assert.deepEqual([state.phase, state.problem], ['ended', LOST]);
  });

  test('silence is asked of a ringtone that sounds or wants to, and of no other', () => {
    const asked = (ring: 'off' | 'on' | 'silenced' | 'blocked') =>
      run([...PATHS.incoming, { type: 'ring-changed', ring }, E['silence-requested']]).commands.length;
    assert.deepEqual((['off', 'on', 'silenced', 'blocked'] as const).map(asked), [0, 1, 0, 1]);
  });
});

describe('a second customer calls', () => {
  const BUSY: Phase[] = ['dialing', 'ringing', 'incoming', 'open', 'reconnecting', 'ending'];

  test('during any call the second one waits, a third one goes on to others: it would ring here unseen', () => {
    for (const phase of BUSY) {
      const { state, commands } = run([ARRIVES, { ...ARRIVES, callId: 'third' }, ARRIVES], stateIn(phase));
      assert.deepEqual([state.phase, state.waiting?.callId], [phase, 'w'], phase);
      assert.deepEqual(commands, [{ type: 'reject', callId: 'third' }], phase);
    }
  });

  test('answering it ends the call in progress, and accepts it as soon as that is over', () => {
    for (const phase of ['dialing', 'ringing', 'open', 'reconnecting'] as const) {
      const asked = run([ARRIVES, { type: 'answer-requested' }], stateIn(phase));
      assert.equal(asked.state.phase, 'ending');
      assert.deepEqual(asked.commands, [{ type: 'disconnect', callId: 'a' }]);
      const { state, commands } = run([E['call-ended']], asked.state);
      assert.deepEqual([state.phase, state.call?.callId, state.waiting], ['incoming', 'w', null]);
      assert.deepEqual(commands, [{ type: 'accept', callId: 'w' }]);
      assert.equal(run([{ ...E['call-opened'], callId: 'w' }], state).state.phase, 'open');
    }
  });

  test('not answered, it comes to the front when the first call is over, and rings on', () => {
    const { state, commands } = run([...PATHS.open, ARRIVES, ...OVER]);
    assert.deepEqual([state.phase, state.call?.callId, state.call?.accepting], ['incoming', 'w', false]);
    assert.ok(!commands.some(({ type }) => type === 'accept'));
  });

  test('declined, given up or taken by another, it leaves the first call alone', () => {
    const open = run([...PATHS.open, ARRIVES]).state;
    const [same, commands] = transition(open, { type: 'decline-requested' });
    assert.equal(same, open);
    assert.deepEqual(commands, [{ type: 'reject', callId: 'w' }]);
    for (const type of ['call-ended', 'call-taken', 'call-failed', 'outcome-known'] as const) {
      const { state } = run([{ ...E[type], callId: 'w' }], open);
      assert.deepEqual([state.phase, state.waiting, state.call?.callId], ['open', null, 'a'], type);
    }
  });

  test('while the first still rings, a request without a name means the first', () => {
    const both = run([...PATHS.incoming, ARRIVES]).state;
    assert.deepEqual(transition(both, { type: 'answer-requested' })[1], [{ type: 'accept', callId: 'a' }]);
    const [, commands] = transition(both, { type: 'answer-requested', callId: 'w' });
    assert.deepEqual(commands, [{ type: 'reject', callId: 'a' }]);
  });

  test('its name is told like that of any call', () => {
    const { state } = run([...PATHS.open, ARRIVES, { ...E['customer-known'], callId: 'w' }]);
    assert.deepEqual([state.waiting?.name, state.call?.name], ['هدى', 'منى']);
  });

  const OF_W = { callId: 'w' } as const;
  const MISSED: Verdict = { outcome: 'missed', problem: null };
  const missedIn = (state: DialerState) => state.missed.map(({ callId }) => callId).join();

  test('unanswered, it is missed like the first: kept during the call, and shown once the agent is free', () => {
    const ends: DialerEvent[] = [
      { ...E['call-ended'], ...OF_W, verdict: MISSED },
      { ...E['call-ended'], ...OF_W },
      { ...E['outcome-known'], ...OF_W, outcome: 'missed' },
      { ...E['outcome-known'], ...OF_W, outcome: 'voicemail' },
    ];
    for (const end of ends) {
      const during = run([...PATHS.open, ARRIVES, end]).state;
      assert.deepEqual([during.phase, during.waiting, missedIn(during)], ['open', null, 'w']);
      const over = run(OVER, during).state;
      assert.deepEqual([over.call?.callId, over.outcome, missedIn(over)], ['a', 'answered', 'w']);
      const read = run([E['dismiss-requested']], over).state;
      assert.deepEqual([read.phase, read.call?.callId, read.outcome, missedIn(read)], ['ended', 'w', 'missed', '']);
      assert.equal(run([E['dismiss-requested']], read).state.phase, 'idle');
    }
  });

  test('declined here or answered by a colleague, it is not missed, also when that is known late', () => {
    for (const outcome of ['declined', 'answered'] as const) {
      const { state } = run([...PATHS.open, ARRIVES, { ...E['outcome-known'], ...OF_W, outcome }]);
      assert.equal(missedIn(state), '', outcome);
    }
    const declined: DialerEvent = { ...E['call-ended'], ...OF_W, verdict: { outcome: 'declined', problem: null } };
    assert.equal(missedIn(run([...PATHS.open, ARRIVES, declined]).state), '');
    const missed = run([...PATHS.open, ARRIVES, { ...E['call-ended'], ...OF_W }]).state;
    assert.equal(missedIn(run([{ ...E['call-taken'], ...OF_W }], missed).state), '');
    const first = run([...PATHS.incoming, E['call-ended']]).state;
    assert.equal(run([E['call-taken']], first).state.phase, 'idle');
  });

  test('several are shown one by one, the last three; a call that is made next puts them away', () => {
    const events = ['w1', 'w2', 'w3', 'w4'].flatMap((callId): DialerEvent[] => [
      { ...ARRIVES, callId },
      { ...E['call-ended'], callId },
    ]);
    const { state } = run([...PATHS.open, ...events, ...OVER]);
    assert.equal(missedIn(state), 'w2,w3,w4');
    const shown = run([E['dismiss-requested']], state).state;
    assert.deepEqual([shown.call?.callId, missedIn(shown)], ['w2', 'w3,w4']);
    assert.equal(missedIn(run([E['dial-requested']], shown).state), '');
  });

  test('one that waits still comes before those that were missed', () => {
    const { state } = run([
      ...PATHS.open,
      ARRIVES,
      { ...E['call-ended'], ...OF_W },
      { ...ARRIVES, callId: 'x' },
      ...OVER,
    ]);
    assert.deepEqual([state.phase, state.call?.callId, missedIn(state)], ['incoming', 'x', 'w']);
    const declined: DialerEvent = { ...E['call-ended'], callId: 'x', verdict: { outcome: 'declined', problem: null } };
    assert.equal(run([declined], state).state.call?.callId, 'w');
  });
});
