import { randomBytes } from 'node:crypto';

export type SidPrefix = 'AC' | 'AP' | 'CA' | 'CF' | 'KX' | 'PN' | 'RE' | 'SK';

/** A Twilio-shaped identifier: two letters and 32 hex digits. */
export function newSid<Prefix extends SidPrefix>(prefix: Prefix): `${Prefix}${string}` {
  return `${prefix}${randomBytes(16).toString('hex')}`;
}
