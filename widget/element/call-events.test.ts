import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { DialerState } from '../core/state.ts';
import { stateIn, waitingCall } from '../testing/state-in.ts';
import { tellOfChange } from './call-events.ts';

const TYPES = ['incoming', 'missed', 'ended', 'open', 'ringing'].map((name) => `almasar-call-${name}`);

function told(...states: readonly DialerState[]): string[] {
  const element = new EventTarget();
  const heard: string[] = [];
  for (const type of TYPES) {
    element.addEventListener(type, (event) => {
      const { number, outcome } = (event as CustomEvent<{ number: string; outcome?: string }>).detail;
      heard.push([type.replace('almasar-call-', ''), number.slice(-2), outcome].filter(Boolean).join(' '));
    });
  }
  states.reduce((previous, next) => {
    tellOfChange(element, previous, next);
    return next;
  });
  return heard;
}

describe('what the page is told', () => {
  test('of a call that nobody answered: missed and over, once', () => {
    const missed = stateIn('ended', { direction: 'incoming', openedAt: null }, { outcome: 'missed' });
    assert.deepEqual(told(stateIn('idle'), stateIn('incoming'), missed, missed), [
      'incoming 01',
      'missed 01',
      'ended 01 missed',
    ]);
  });

  test('of a second call that nobody answered: the same, at once, and not again when it is shown', () => {
    const second = waitingCall({ endedAt: Date.now() });
    const rests = stateIn('ended', {}, { missed: [second] });
    const shown = { ...rests, call: second, outcome: 'missed', missed: [] } as const;
    assert.deepEqual(
      told(
        stateIn('open'),
        stateIn('open', {}, { waiting: waitingCall() }),
        stateIn('open', {}, { missed: [second] }),
        rests,
        shown,
        stateIn('idle'),
      ),
      ['incoming 02', 'missed 02', 'ended 02 missed', 'ended 01 answered'],
    );
  });
});
