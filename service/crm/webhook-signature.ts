import { createHmac, timingSafeEqual } from 'node:crypto';

export const SIGNATURE_HEADER = 'Almasar-Signature';
export const EVENT_ID_HEADER = 'Almasar-Event-Id';

function macOf(secret: string, seconds: number, body: string): string {
  return createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
}

/** `t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">`, with a `v1` for each secret while they are rotated. */
export function signWebhook(body: string, secrets: readonly string[], now: Date): string {
  const seconds = Math.floor(now.getTime() / 1000);
  return [`t=${seconds}`, ...secrets.map((secret) => `v1=${macOf(secret, seconds, body)}`)].join(',');
}

/**
 * Whether a webhook is of this service: the recipe for the CRM that receives it. `body` are the bytes as they came, before any
 * JSON parser; `header` is Almasar-Signature. Then answer 2xx at once, and do what is to be done once for each
 * Almasar-Event-Id: an event may come again.
 *
 * ```js
 * app.post('/calls', express.text({ type: 'application/json' }), (request, response) => {
 *   const signed = verifyWebhook(request.body, request.get('Almasar-Signature'), process.env.CRM_WEBHOOK_SECRET);
 *   response.sendStatus(signed ? 204 : 403);
 * });
 * ```
 */
export function verifyWebhook(body: string, header: string, secret: string, now = new Date(), toleranceSeconds = 300) {
  const parts = header.split(',').map((part) => part.split('='));
  const seconds = Number(parts.find(([name]) => name === 't')?.[1]);
  // Also for a time that is no number.
  if (!(Math.abs(now.getTime() / 1000 - seconds) <= toleranceSeconds)) return false;
  const expected = Buffer.from(macOf(secret, seconds, body));
  return parts.some(([name, value = '']) => {
    const given = Buffer.from(value);
    return name === 'v1' && given.length === expected.length && timingSafeEqual(given, expected);
  });
}
