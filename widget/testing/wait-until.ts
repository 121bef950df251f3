import { waitUntil as waitAtMost } from '@open-wc/testing';

/** A busy machine may take longer than the second that `@open-wc/testing` waits. */
export function waitUntil(
  holds: () => unknown,
  message?: string,
  { timeout = 10_000, interval = 50 } = {},
): Promise<void> {
  return waitAtMost(holds, message, { timeout, interval });
}
