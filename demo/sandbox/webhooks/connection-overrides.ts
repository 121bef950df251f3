/** How patient a webhook is, in milliseconds, and what it tries again (Twilio: Webhooks, connection overrides). */
export interface ConnectionOverrides {
  /** To connect, TLS included. */
  connectMs: number;
  /** To the first byte, and between packets. */
  readMs: number;
  /** All attempts together. */
  totalMs: number;
  retries: number;
  retryOn: ReadonlySet<RetryCause>;
}

export type RetryCause = '4xx' | '5xx' | 'ct' | 'rt';

const CAUSES: readonly RetryCause[] = ['4xx', '5xx', 'ct', 'rt'];

/** Reads `#ct=…&rt=…&tt=…&rc=…&rp=…`; values that are missing or out of range stay at Twilio's defaults. */
export function connectionOverrides(url: string): ConnectionOverrides {
  const hash = url.indexOf('#');
  const given = new URLSearchParams(hash === -1 ? '' : url.slice(hash + 1));
  const number = (name: string, low: number, high: number, usual: number): number => {
    const value = Number(given.get(name) ?? Number.NaN);
    return Number.isInteger(value) && value >= low && value <= high ? value : usual;
  };
  const policies = (given.get('rp') ?? 'ct').split(',');
  return {
    connectMs: number('ct', 100, 10_000, 5000),
    readMs: number('rt', 100, 15_000, 15_000),
    totalMs: number('tt', 100, 15_000, 15_000),
    retries: number('rc', 0, 5, 1),
    retryOn: new Set(CAUSES.filter((cause) => policies.includes('all') || policies.includes(cause))),
  };
}
