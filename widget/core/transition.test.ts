import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { NO_VERDICT, type Command, type DialerEvent, type Verdict } from './events.ts';
import { IDLE, OUTCOMES, PHASES, type DialerState, type Phase, type Problem } from './state.ts';
import { transition } from './transition.ts';

const LOST: Problem = { code: 'connection-lost', carrierCode: 53001 };
const REFUSED: Problem = { code: 'carrier-refused', carrierCode: 31603 };
const DIAL: DialerEvent = { type: 'dial-requested', callId: 'a', number: '010', name: 'منى', at: 1 };

/** One event of each type, about call `a`. */
const EVENTS: { [T in DialerEvent['type']]: Extract<DialerEvent, { type: T }> } = {
  'dial-requested': { type: 'dial-requested', callId: 'b', number: '011', name: null, at: 2 },
  'hang-up-requested': { type: 'hang-up-requested' },
  'mute-requested': { type: 'mute-requested', on: true },
  'digits-requested': { type: 'digits-requested', digits: '12w#' },
  'dismiss-requested': { type: 'dismiss-requested' },
  'call-rang': { type: 'call-rang', callId: 'a', at: 3 },
  'call-opened': { type: 'call-opened', callId: 'a', at: 4 },
  'call-muted': { type: 'call-muted', callId: 'a', muted: true },
  'connection-lost': { type: 'connection-lost', callId: 'a' },
  'connection-restored': { type: 'connection-restored', callId: 'a' },
  'call-ended': { type: 'call-ended', callId: 'a', at: 5, verdict: NO_VERDICT },
  'call-failed': { type: 'call-failed', callId: 'a', at: 6, problem: LOST },
  'number-accepted': { type: 'number-accepted', callId: 'a', to: '+2010' },
  'outcome-known': { type: 'outcome-known', callId: 'a', at: 7, outcome: 'answered', otherwise: NO_VERDICT },
};
const E = EVENTS;

function run(events: DialerEvent[], from: DialerState = IDLE): { state: DialerState; commands: Command[] } {
  const commands: Command[] = [];
  let state = from;
  for (const event of events) {
    const [next, more] = transition(state, event);
    state = next;
    commands.push(...more);
  }
  return { state, commands };
}

const PATHS: { [P in Exclude<Phase, 'incoming'>]: DialerEvent[] } = {
  idle: [],
  dialing: [DIAL],
  ringing: [DIAL, E['call-rang']],
  open: [DIAL, E['call-opened']],
  reconnecting: [DIAL, E['call-opened'], E['connection-lost']],
  ending: [DIAL, E['call-rang'], E['hang-up-requested']],
  ended: [DIAL, E['call-rang'], E['outcome-known']],
};

function stateIn(phase: Phase): DialerState {
  if (phase === 'incoming') return Object.freeze({ ...stateIn('ringing'), phase });
  return run(PATHS[phase]).state;
}

/** Where each event leads from each phase; a phase that is not named keeps the very same state. */
const NEXT: { [T in DialerEvent['type']]: Partial<Record<Phase, Phase>> } = {
  'dial-requested': { idle: 'dialing', ended: 'dialing' },
  'hang-up-requested': { dialing: 'ending', ringing: 'ending', open: 'ending', reconnecting: 'ending' },
  'mute-requested': {},
  'digits-requested': {},
  'dismiss-requested': { ended: 'idle' },
  'call-rang': { dialing: 'ringing' },
  'call-opened': { dialing: 'open', ringing: 'open' },
  'call-muted': { dialing: 'dialing', ringing: 'ringing', open: 'open', reconnecting: 'reconnecting' },
  'connection-lost': { open: 'reconnecting' },
  'connection-restored': { reconnecting: 'open' },
  'call-ended': { dialing: 'ending', ringing: 'ending', open: 'ending', reconnecting: 'ending', ending: 'ending' },
  'call-failed': { dialing: 'ended', ringing: 'ended', open: 'ended', reconnecting: 'ended', ending: 'ended' },
  'number-accepted': { dialing: 'dialing', ringing: 'ringing', open: 'open', reconnecting: 'reconnecting' },
  'outcome-known': { dialing: 'ended', ringing: 'ended', open: 'ended', reconnecting: 'ended', ending: 'ended' },
};

const GIVES_A_COMMAND: [DialerEvent['type'], Phase[]][] = [
  ['mute-requested', ['ringing', 'open', 'reconnecting']],
  ['digits-requested', ['open']],
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
        if (!('callId' in event) || event.type === 'dial-requested') continue;
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
      phase: 'ended',
      call: {
        callId: 'a',
        direction: 'outgoing',
        number: '+2010',
        name: 'منى',
        muted: false,
        startedAt: 1,
        ringingAt: 3,
        openedAt: 4,
        endedAt: 5,
      },
      outcome: 'answered',
      problem: null,
    });
    assert.deepEqual(commands, [
      { type: 'create-intent', callId: 'a', number: '010', name: 'منى' },
      { type: 'connect', callId: 'a' },
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
    assert.equal(transition(refused, E['dismiss-requested'])[0], IDLE);
  });
});

const ORDER = ['startedAt', 'ringingAt', 'openedAt', 'endedAt'] as const;

function assertSound(state: DialerState): void {
  const { phase, call, outcome, problem } = state;
  assert.equal(call === null, phase === 'idle');
  if (phase !== 'ended') assert.equal(outcome, null);
  if (phase !== 'ended' && phase !== 'idle') assert.equal(problem, null);
  if (!call) return;
  if (phase === 'ringing') assert.notEqual(call.ringingAt, null);
  if (phase === 'open' || phase === 'reconnecting') assert.notEqual(call.openedAt, null);
  if (phase === 'ended') assert.notEqual(call.endedAt, null);
  if (['dialing', 'ringing', 'open', 'reconnecting'].includes(phase)) assert.equal(call.endedAt, null);
  const times = ORDER.map((key) => call[key]).filter((time) => time !== null);
  assert.deepEqual(
    times,
    times.toSorted((a, b) => a - b),
  );
}

describe('any sequence of events', () => {
  const callId = fc.constantFrom('a', 'b', 'c');
  const problem = fc.constantFrom(LOST, REFUSED);
  const outcome = fc.option(fc.constantFrom(...OUTCOMES));
  const verdict = fc.record({ outcome, problem: fc.option(problem) });
  const arbitrary = fc
    .record({
      type: fc.constantFrom(...Object.values(EVENTS)),
      change: fc.record({ callId, problem, outcome, verdict, muted: fc.boolean(), on: fc.boolean() }),
    })
    .map(({ type, change }) => {
      const fields = Object.entries(change).filter(([key]) => key in type);
      const event: DialerEvent = { ...type, ...Object.fromEntries(fields) };
      return event;
    });

  test('keeps the state sound, connects once per dial, and dials only when free', () => {
    fc.assert(
      fc.property(fc.array(arbitrary, { maxLength: 40 }), (events) => {
        let state = IDLE;
        events.forEach((event, index) => {
          const before = state;
          const dated = 'at' in event ? { ...event, at: index } : event;
          const [next, commands] = transition(state, dated);
          state = next;
          assertSound(state);
          const connects = commands.filter(({ type }) => type === 'connect').length;
          const free = before.phase === 'idle' || before.phase === 'ended';
          assert.equal(connects, event.type === 'dial-requested' && free ? 1 : 0);
          for (const command of commands) assert.equal(command.callId, state.call?.callId);
          if (next === before) return;
          assert.ok(Object.isFrozen(next));
        });
      }),
      { numRuns: 1000 },
    );
  });

  test('once asked to end, a call ends by one report of the phone and one of the service', () => {
    for (const phase of ['dialing', 'ringing', 'open', 'reconnecting'] as const) {
      const { state } = run([E['hang-up-requested'], E['call-ended'], E['outcome-known']], stateIn(phase));
      assert.equal(state.phase, 'ended');
    }
  });
});
