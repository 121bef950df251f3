import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { DialerEvent } from './events.ts';
import { IDLE, OUTCOMES, isLive, type DialerState } from './state.ts';
import { EVENTS, LOST, REFUSED, run, stateIn } from './testing/every-event.ts';
import { transition } from './transition.ts';

const E = EVENTS;
const ORDER = ['startedAt', 'ringingAt', 'openedAt', 'endedAt'] as const;

function assertSound(state: DialerState): void {
  const { phase, call, waiting, outcome, problem } = state;
  assert.equal(call === null, phase === 'idle');
  if (!isLive(state)) assert.equal(waiting, null);
  if (phase === 'idle') assert.deepEqual(state.missed, []);
  if (waiting) assert.notEqual(waiting.callId, call?.callId);
  if (phase !== 'open' && phase !== 'reconnecting' && !call) assert.deepEqual(state.warnings, []);
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
  const callId = fc.constantFrom('a', 'b', 'c', 'w');
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
          assert.equal(connects, event.type === 'dial-requested' && !isLive(before) ? 1 : 0);
          const known = [before.call, before.waiting, state.call].map((call) => call?.callId);
          // For a third customer there is no room: nothing is known of that call, but that it is not taken.
          if (event.type === 'call-arrived') known.push(event.callId);
          for (const command of commands) if ('callId' in command) assert.ok(known.includes(command.callId));
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
