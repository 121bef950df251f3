import type { LineCheckState } from '../../core/line-check.ts';

/** What of the page and the browser support needs to know. */
export interface Surroundings {
  /** `location.origin`: not the path, which may name a customer. */
  readonly origin: string;
  readonly userAgent: string;
  readonly online: boolean;
  /** Milliseconds since the epoch. */
  readonly at: number;
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
    `Time: ${new Date(around.at).toISOString()}`,
    `Page: ${around.origin}`,
    `Browser: ${around.userAgent}`,
    `Online: ${around.online ? 'yes' : 'no'}`,
    `Verdict: ${verdict}`,
    ...lines,
    `Measured: ${figures}`,
  ].join('\n');
}
