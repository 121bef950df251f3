import { hkdfSync } from 'node:crypto';
import type { Config } from './config.ts';

/**
 * What everything that the service signs for itself (sessions of the phone window, links to recordings) is derived from,
 * the same on every node: SERVICE_SECRET, or else a text made of the primary auth token. Then a new auth token ends what
 * was signed before: phone windows are opened again, links to recordings are asked for again.
 */
export function serviceSecretOf({ givenServiceSecret, authTokens }: Config): string {
  if (givenServiceSecret !== undefined) return givenServiceSecret;
  return Buffer.from(hkdfSync('sha256', authTokens[0]!, '', 'almasar-service-secret-v1', 32)).toString('hex');
}
