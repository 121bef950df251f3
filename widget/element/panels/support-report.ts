import type { LineCheckState } from '../../core/line-check.ts';
import type { Call, Problem } from '../../core/state.ts';

/** What of the page and the browser support needs to know. */
export interface Surroundings {
  /** `location.origin`: not the path, which may name a customer. */
  readonly origin: string;
  readonly userAgent: string;
  readonly online: boolean;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Those of this page. */
export function surroundings(): Surroundings {
  const { userAgent, onLine: online } = navigator;
  return { origin: location.origin, userAgent, online, at: Date.now() };
}

function linesOf({ at, origin, userAgent, online }: Surroundings): string[] {
  return [
    `Time: ${new Date(at).toISOString()}`,
    `Page: ${origin}`,
    `Browser: ${userAgent}`,
    `Online: ${online ? 'yes' : 'no'}`,
  ];
}

/**
 * A call that went wrong, for whoever looks it up by its id: without number or name. `refused`: the directive of the
 * page's policy that it is for; else empty.
 */
export function callReport(
  { callId, direction }: Call,
  problem: Problem,
  refused: string,
  around: Surroundings,
): string {
  const { code, carrierCode } = problem;
  return [
    'Almasar Dialer: a call that went wrong',
    ...linesOf(around),
    `Call: ${callId} (${direction})`,
    `Problem: ${[code, carrierCode, refused].filter(Boolean).join(', ')}`,
  ].join('\n');
}

/** Takes out what support must not get to see: JWTs, queries of addresses, anything long enough for a telephone number. */
function clean(detail: string): string {
  return detail
    .replace(/\bey[\w-]{8,}(\.[\w-]*)*/g, '[token]')
    .replace(/(\bwss?:\/\/|\bhttps?:\/\/)([^\s?#]*)[?#]\S*/g, '$1$2')
    .replace(/\+?\d[\d\s().-]{5,}\d/g, '[number]')
    .replace(/\s+/g, ' ')
    .trim();
}

/** A check of the line in plain English, to be sent to whoever looks after it. */
export function supportReport({ verdict, steps, measured }: LineCheckState, around: Surroundings): string {
  const lines = steps.map(({ id, status, problem, detail }) => {
    const why = [problem, clean(detail)].filter(Boolean).join(': ');
    return `  ${id}: ${status}${why ? ` (${why})` : ''}`;
  });
  const figures = measured
    ? `${Math.round(measured.roundTripMs)} ms round trip, ${(measured.lossShare * 100).toFixed(1)} % loss, MOS ${measured.mos.toFixed(1)}`
    : 'not measured';
  return [
    'Almasar Dialer: check of the line',
    ...linesOf(around),
    `Verdict: ${verdict}`,
    ...lines,
    `Measured: ${figures}`,
  ].join('\n');
}
