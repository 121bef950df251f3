import type { Reach } from '../../core/reach.ts';
import type { Phase } from '../../core/state.ts';
import type { Face } from './face.ts';

/** What a phase means, as a colour: `accent` under way · `good` both can talk · `trouble` · `quiet` over. */
export type Tone = 'accent' | 'good' | 'trouble' | 'quiet';

const PHASES: Readonly<Partial<Record<Phase, Tone>>> = {
  incoming: 'good',
  open: 'good',
  reconnecting: 'trouble',
  ending: 'quiet',
  ended: 'quiet',
};

const REACHES: Readonly<Partial<Record<Reach, Tone>>> = {
  off: 'good',
  ready: 'good',
  connecting: 'accent',
  away: 'quiet',
};

/** The tone of what is shown: trouble, and a muted agent, before the phase. */
export function toneOf({ state, missing }: Face): Tone {
  const { phase, call, problem, outcome, reach } = state;
  if ((problem && phase !== 'idle') || outcome === 'missed' || (phase === 'open' && call?.muted)) return 'trouble';
  if (phase !== 'idle') return PHASES[phase] ?? 'accent';
  return missing ? 'trouble' : (REACHES[reach] ?? 'trouble');
}
