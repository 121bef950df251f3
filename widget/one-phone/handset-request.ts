import type { Handset } from '../core/dialer.ts';

/** What a remote may ask of the phone, and nothing else. */
export const HANDSET_REQUESTS = [
  'dial',
  'answer',
  'decline',
  'silence',
  'hangUp',
  'mute',
  'sendDigits',
  'dismiss',
  'dismissNotice',
  'setAvailable',
  'nameCustomer',
  'prepare',
] as const satisfies readonly (keyof Handset)[];
export type HandsetRequest = (typeof HANDSET_REQUESTS)[number];

const KNOWN: ReadonlySet<string> = new Set(HANDSET_REQUESTS);

/** Does what a message asks, if it is something that may be asked. */
export function obey(handset: Handset, method: string, args: readonly unknown[]): void {
  if (!KNOWN.has(method)) return;
  const ask = handset[method as HandsetRequest] as (...args: unknown[]) => void;
  Reflect.apply(ask, handset, args);
}
