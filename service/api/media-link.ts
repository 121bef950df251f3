import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

const LIFE_MS = 5 * 60_000;

export interface MediaLink {
  callId: string;
  recordingSid: string;
  /** Twilio identity of the agent it was made for. */
  identity: string;
}

export type LinkVerdict = 'valid' | 'expired' | 'invalid';

/** Makes and checks links that play a recording without a header, for one agent and five minutes. */
export interface MediaLinks {
  sign(link: MediaLink, now: Date): { query: string; expiresAt: string };
  verify(link: MediaLink, expires: string, signature: string, now: Date): LinkVerdict;
}

export function createMediaLinks(secret: string): MediaLinks {
  // A key of its own, so that a link can never be mistaken for a token of the CRM or the reverse.
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'almasar-media-link-v1', 32));
  const sign = ({ callId, recordingSid, identity }: MediaLink, expires: string) =>
    createHmac('sha256', key).update([callId, recordingSid, identity, expires].join('|')).digest('base64url');
  return {
    sign(link, now) {
      const expires = String(now.getTime() + LIFE_MS);
      const query = new URLSearchParams({
        for: link.identity,
        expires,
        signature: sign(link, expires),
      });
      return { query: query.toString(), expiresAt: new Date(Number(expires)).toISOString() };
    },
    verify(link, expires, signature, now) {
      // As text: several texts decode to the same bytes, and only one of them was given out.
      const given = Buffer.from(signature);
      const expected = Buffer.from(sign(link, expires));
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 'invalid';
      return Number(expires) > now.getTime() ? 'valid' : 'expired';
    },
  };
}
