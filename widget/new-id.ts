import { uuidV7 } from './core/call-id.ts';

/** A new UUID of now; unlike `crypto.randomUUID`, also on a page that is not secure, which shall hear what is wrong with it. */
export function newId(at = Date.now()): string {
  return uuidV7(at, crypto.getRandomValues(new Uint8Array(16)));
}
