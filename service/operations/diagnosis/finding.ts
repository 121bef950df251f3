/** One line of a diagnosis. `failed`: calls do not work like this. `warning`: some do not. */
export interface Finding {
  what: string;
  status: 'ok' | 'warning' | 'failed';
  /** What is the case, and what to do where it is not well. */
  text: string;
}

export const ok = (what: string, text: string): Finding => ({ what, status: 'ok', text });
export const warning = (what: string, text: string): Finding => ({ what, status: 'warning', text });
export const failed = (what: string, text: string): Finding => ({ what, status: 'failed', text });

/** Of an error, with what lies behind it: `fetch failed` says nothing. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause: unknown = error.cause;
  const inner = cause instanceof AggregateError ? (cause.errors[0] as unknown) : cause;
  return inner instanceof Error ? inner.message : error.message;
}
