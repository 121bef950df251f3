import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type DialerEvent, type Verdict } from './events.ts';
import { IDLE, PHASES, type DialerState, type Phase, type Problem } from './state.ts';
import { DIAL, EVENTS, LOST, PATHS, REFUSED, run, stateIn } from './testing/every-event.ts';
import { transition } from './transition.ts';

const E = EVENTS;

const SAME = Object.fromEntries(PHASES.map((phase) => [phase, phase])) as Record<Phase, Phase>;
const { idle: _idle, ended: _ended, ...DURING_CALL } = SAME;
const { incoming: _incoming, ending: _ending, ...ON_THE_WAY } = DURING_CALL;

/** Where each event leads from each phase; a phase that is not named keeps the very same state. */
const NEXT: { [T in DialerEvent['type']]: Partial<Record<Phase, Phase>> } = {
  'dial-requested': { idle: 'dialing', ended: 'dialing' },
  'hang-up-requested': { dialing: 'ending', ringing: 'ending', open: 'ending', reconnecting: 'ending' },
  'mute-requested': {},
  'digits-requested': {},
  'dismiss-requested': { ended: 'idle' },
  'call-rang': { dialing: 'ringing' },
  'call-opened': { dialing: 'open', ringing: 'open', incoming: 'open' },
  'call-muted': { dialing: 'dialing', ringing: 'ringing', open: 'open', reconnecting: 'reconnecting' },
  'connection-lost': { open: 'reconnecting' },
  'connection-restored': { reconnecting: 'open' },
  'call-ended': {
    dialing: 'ending',
    ringing: 'ending',
    incoming: 'ended',
    open: 'ending',
    reconnecting: 'ending',
    ending: 'ending',
  },
  'call-failed': {
    dialing: 'ended',
    ringing: 'ended',
    incoming: 'ended',
    open: 'ended',
    reconnecting: 'ended',
    ending: 'ended',
  },
  'number-accepted': { dialing: 'dialing', ringing: 'ringing', open: 'open', reconnecting: 'reconnecting' },
  'outcome-known': {
    dialing: 'ended',
    ringing: 'ended',
    incoming: 'ended',
    open: 'ended',
    reconnecting: 'ended',
    ending: 'ended',
  },
  'answer-requested': { incoming: 'incoming' },
  'decline-requested': {},
  'silence-requested': {},
  'notice-dismissed': {},
  'call-arrived': { ...DURING_CALL, idle: 'incoming', ended: 'incoming' },
  'call-resumed': { idle: 'reconnecting', ended: 'reconnecting' },
  'ring-changed': SAME,
  'reach-changed': SAME,
  'device-changed': SAME,
  'warnings-changed': { open: 'open', reconnecting: 'reconnecting' },
  'customer-known': { ...DURING_CALL, ended: 'ended' },
  'recording-changed': ON_THE_WAY,
  'call-taken': { incoming: 'idle' },
};

const GIVES_A_COMMAND: [DialerEvent['type'], Phase[]][] = [
  ['mute-requested', ['ringing', 'open', 'reconnecting']],
  ['digits-requested', ['open']],
  ['decline-requested', ['incoming']],
  ['hang-up-requested', ['incoming']],
];

describe('every event in every phase', () => {
  for (const phase of PHASES) {
    for (const event of Object.values(EVENTS)) {
      const expected = NEXT[event.type][phase];
      test(`${event.type} in ${phase}: ${expected ?? 'nothing changes'}`, () => {
        const before = stateIn(phase);
        assert.equal(before.phase, phase);
        const [after, commands] = transition(before, event);
        if (expected) {
          assert.notEqual(after, before);
          assert.equal(after.phase, expected);
          assert.ok(Object.isFrozen(after) && (after.call === null || Object.isFrozen(after.call)));
          return;
        }
        assert.equal(after, before);
        const commanded = GIVES_A_COMMAND.some(([type, phases]) => type === event.type && phases.includes(phase));
        assert.equal(commands.length, commanded ? 1 : 0);
      });
    }
  }

  test('facts of another call change nothing', () => {
    for (const phase of PHASES) {
      for (const event of Object.values(EVENTS)) {
        if (!('callId' in event) || ['dial-requested', 'call-arrived'].includes(event.type)) continue;
        const before = stateIn(phase);
        assert.deepEqual(transition(before, { ...event, callId: 'other' }), [before, []]);
      }
    }
  });
});

describe('histories', () => {
  test('a call that is answered and hung up by the customer', () => {
    const { state, commands } = run([
      DIAL,
      E['number-accepted'],
      E['call-rang'],
      E['call-opened'],
      E['call-ended'],
      { ...E['outcome-known'], at: 9 },
    ]);
    assert.deepEqual(state, {
      ...IDLE,
      phase: 'ended',
      call: {
        callId: 'a',
        direction: 'outgoing',
        number: '+2010',
        name: 'منى',
        line: '+2022',
        record: true,
        muted: false,
        accepting: false,
        recording: false,
        recordingPaused: false,
        startedAt: 1,
        ringingAt: 3,
        openedAt: 4,
        endedAt: 5,
      },
      outcome: 'answered',
    });
    assert.deepEqual(commands, [
      { type: 'connect', callId: 'a' },
      { type: 'create-intent', callId: 'a', name: 'منى', record: true },
      { type: 'fetch-outcome', callId: 'a', otherwise: { outcome: 'answered', problem: null } },
    ]);
  });

  test('hung up before it rang: canceled at once, without asking the service', () => {
    const { state, commands } = run([DIAL, E['hang-up-requested'], E['call-ended']]);
    assert.deepEqual([state.phase, state.outcome, state.problem], ['ended', 'canceled', null]);
    assert.deepEqual(commands.at(-1), { type: 'disconnect', callId: 'a' });
  });

  test('hung up while it rang: the service is asked, and believed', () => {
    const asked = run([...PATHS.ending, E['call-ended']]);
    const otherwise: Verdict = { outcome: 'canceled', problem: null };
    assert.deepEqual(asked.commands.at(-1), { type: 'fetch-outcome', callId: 'a', otherwise });
    const known = (outcome: DialerState['outcome']) =>
      run([{ type: 'outcome-known', callId: 'a', at: 9, outcome, otherwise }], asked.state).state.outcome;
    assert.equal(known('answered'), 'answered');
    assert.equal(known(null), 'canceled');
  });

  test('a refused attempt ends at once with its problem, and the phone is told to stop', () => {
    const { state, commands } = run([DIAL, E['call-failed']]);
    assert.deepEqual([state.phase, state.outcome, state.problem], ['ended', null, LOST]);
    assert.deepEqual(commands.at(-1), { type: 'disconnect', callId: 'a' });
  });

  test('the end that the service reports first ends the call for the phone too', () => {
    const { state, commands } = run([...PATHS.open, E['outcome-known']]);
    assert.equal(state.call?.endedAt, 7);
    assert.deepEqual(commands.at(-1), { type: 'disconnect', callId: 'a' });
    assert.equal(transition(state, E['call-ended'])[0], state);
  });

  test('the second report of an end asks the service no second time', () => {
    const { commands } = run([...PATHS.open, E['call-ended'], { ...E['call-ended'], at: 9 }]);
    assert.equal(commands.filter(({ type }) => type === 'fetch-outcome').length, 1);
  });

  test('what the carrier says of the end is better than that it refused; other problems stay', () => {
    const settle = (problem: Problem, outcome: DialerState['outcome']) => {
      const asked = run([DIAL, { ...E['call-ended'], verdict: { outcome: null, problem } }]);
      const command = asked.commands.at(-1);
      assert.equal(command?.type, 'fetch-outcome');
      const { otherwise } = command;
      const { state } = run([{ ...E['outcome-known'], outcome, otherwise }], asked.state);
      return [state.outcome, state.problem];
    };
    assert.deepEqual(settle(REFUSED, 'busy'), ['busy', null]);
    assert.deepEqual(settle(REFUSED, 'failed'), ['failed', REFUSED]);
    assert.deepEqual(settle(REFUSED, null), [null, REFUSED]);
    assert.deepEqual(settle(LOST, 'answered'), ['answered', LOST]);
  });

  test('a refusal that is told more exactly after the end is shown as that; nothing else changes then', () => {
    const endedAs = (...outcomes: DialerState['outcome'][]) =>
      run([...PATHS.ringing, ...outcomes.map((outcome) => ({ ...E['outcome-known'], outcome }))]).state.outcome;
    assert.equal(endedAs('busy', 'declined'), 'declined');
    assert.equal(endedAs('no-answer', 'not-in-service'), 'not-in-service');
    assert.equal(endedAs('busy', null), 'busy');
    assert.equal(endedAs('canceled', 'failed'), 'canceled');
    assert.equal(endedAs('answered', 'busy'), 'answered');
  });

  test('mute changes when the phone says so, and is not asked for twice', () => {
    const open = stateIn('open');
    assert.deepEqual(transition(open, E['mute-requested']), [open, [{ type: 'mute', callId: 'a', on: true }]]);
    const [muted] = transition(open, E['call-muted']);
    assert.equal(muted.call?.muted, true);
    assert.deepEqual(transition(muted, E['mute-requested']), [muted, []]);
  });

  test('only keypad digits are sent', () => {
    const open = stateIn('open');
    for (const digits of ['', '+', '1 2', '١', 'W']) {
      assert.deepEqual(transition(open, { type: 'digits-requested', digits }), [open, []]);
    }
  });

  test('redialling from the end begins a clean call', () => {
    const { state } = run([...PATHS.ended, E['dial-requested']]);
    assert.deepEqual([state.phase, state.call?.callId, state.outcome], ['dialing', 'b', null]);
    assert.equal(state.call?.ringingAt, null);
  });

  test('dismissing a problem without a call gives the clean idle', () => {
    const refused: DialerState = Object.freeze({ ...IDLE, problem: LOST });
    assert.deepEqual(transition(refused, E['dismiss-requested'])[0], IDLE);
  });
});

describe('the sound of a call', () => {
  const heard = (...warnings: DialerState['warnings']) => ({ ...E['warnings-changed'], warnings });

  test('of several warnings the most serious comes first, and the others when it is gone', () => {
    const all = run([...PATHS.open, heard('delayed', 'choppy', 'not-heard-microphone')]).state;
    assert.deepEqual(all.warnings, ['not-heard-microphone', 'choppy', 'delayed']);
    assert.deepEqual(run([heard('choppy', 'delayed')], all).state.warnings, ['choppy', 'delayed']);
    assert.deepEqual(run([heard('delayed', 'no-connection')], all).state.warnings, ['no-connection', 'delayed']);
    assert.deepEqual(run([heard()], all).state.warnings, []);
  });
});
