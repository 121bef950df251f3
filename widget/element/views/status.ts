import type { Face } from './face.ts';

/** The word for what the phone is doing or, between calls, for whether customers reach it. */
export function statusOf({ t, state, missing }: Face): string {
  const { phase, call, reach } = state;
  if (phase === 'incoming' && call?.accepting) return t.accepting;
  if (phase === 'open' && call?.muted) return t.muted;
  if (phase !== 'idle') return t.phases[phase];
  if (missing) return t.notSetUp;
  return reach === 'off' || reach === 'ready' ? t.phases.idle : t.reaches[reach];
}
