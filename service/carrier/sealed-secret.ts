import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/**
 * Keeps a secret in the database such that the database alone gives nothing away: AES-256-GCM under a key that HKDF
 * makes of the account's auth token. With another auth token it cannot be opened any more.
 */
function keyOf(authToken: string, installationId: string): Buffer {
  return Buffer.from(hkdfSync('sha256', authToken, installationId, 'api-key-v1', 32));
}

export function seal(secret: string, authToken: string, installationId: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyOf(authToken, installationId), iv);
  const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** Undefined when it was sealed with another auth token, or is no sealed secret. */
export function unseal(sealed: string, authToken: string, installationId: string): string | undefined {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length <= 28) return undefined;
  try {
    const decipher = createDecipheriv('aes-256-gcm', keyOf(authToken, installationId), bytes.subarray(0, 12));
    decipher.setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}
