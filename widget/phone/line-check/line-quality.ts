import type { LineCheckState } from '../../core/line-check.ts';
import type { CallSample } from './check-sdk.ts';

export type Measured = NonNullable<LineCheckState['measured']>;

/** From here on a talk is tiring: ITU-T G.114 for the delay, and the SDK's own idea of a fair opinion score. */
const LIMITS: Measured = { roundTripMs: 300, lossShare: 0.03, mos: 3.7 };

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function numbers(values: readonly (number | null | undefined)[]): number[] {
  return values.filter((value): value is number => typeof value === 'number' && Number.isFinite(value));
}

/** What samples of one call say of its line; null while they do not say it all. */
export function measuredOf(samples: readonly CallSample[]): Measured | null {
  const roundTrips = numbers(samples.map(({ rtt }) => rtt));
  const scores = numbers(samples.map(({ mos }) => mos));
  const totals = samples.at(-1)?.totals;
  if (!totals || roundTrips.length === 0 || scores.length === 0) return null;
  const packets = totals.packetsLost + totals.packetsReceived;
  return Object.freeze({
    roundTripMs: Math.round(mean(roundTrips)),
    lossShare: packets > 0 ? totals.packetsLost / packets : 1,
    mos: Math.round(mean(scores) * 100) / 100,
  });
}

export function isWeak({ roundTripMs, lossShare, mos }: Measured): boolean {
  return roundTripMs > LIMITS.roundTripMs || lossShare > LIMITS.lossShare || mos < LIMITS.mos;
}
