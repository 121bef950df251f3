import type { Phase } from '../../core/state.ts';
import type { Face } from './face.ts';

/** What a phase means, as a colour: `accent` under way · `good` both can talk · `trouble` · `quiet` over. */
export type Tone = 'accent' | 'good' | 'trouble' | 'quiet';

const TONES: Readonly<Record<Phase, Tone>> = {
  idle: 'good',
  dialing: 'accent',
  ringing: 'accent',
  incoming: 'good',
  open: 'good',
  reconnecting: 'trouble',
  ending: 'quiet',
  ended: 'quiet',
};

/** The tone of what is shown: trouble, and a muted agent, before the phase. */
export function toneOf({ state, missing }: Face): Tone {
  const { phase, call, problem } = state;
  const trouble = problem || (phase === 'open' && call?.muted) || (phase === 'idle' && missing);
  return trouble ? 'trouble' : TONES[phase];
}
