import { createMiddleware } from 'hono/factory';
import type { AppContext, AppEnv } from '../environment.ts';
import { ServiceError } from '../errors.ts';
import { createSignatureCheck, type SignatureOptions } from './signature.ts';

export interface SignedWebhookOptions extends SignatureOptions {
  accountSid: string;
}

/** Path and query as they came: the carrier signed these characters, and a `URL` would write some of them otherwise. */
function requestTarget(c: AppContext): string {
  const raw = (c.env as { incoming?: { url?: string } } | undefined)?.incoming?.url;
  if (raw?.startsWith('/')) return raw;
  const { url } = c.req.raw;
  return url.slice(url.indexOf('/', url.indexOf('://') + 3));
}

/**
 * Nothing of a webhook is believed before its `X-Twilio-Signature` has been checked (Twilio: Webhooks Security), over
 * PUBLIC_URL and the path as it came: never over a Host header, which the sender chooses. Twilio sends JSON (signed by
 * `bodySHA256`) for no callback of a call, so only forms are taken.
 */
export function signedWebhook({ authTokens, accountSid, publicUrls }: SignedWebhookOptions) {
  const isSigned = createSignatureCheck({ authTokens, publicUrls });
  return createMiddleware<AppEnv>(async function signedWebhook(c, next) {
    if (c.req.method !== 'POST') throw new ServiceError('method-not-allowed', 'Webhooks are sent by POST.');
    if (!/^application\/x-www-form-urlencoded\b/i.test(c.req.header('content-type') ?? '')) {
      throw new ServiceError('unsupported-media-type', 'Webhooks are application/x-www-form-urlencoded.');
    }
    const signature = c.req.header('x-twilio-signature');
    if (!signature) {
      c.get('logger').warn({ path: c.req.path }, 'webhook refused: not signed');
      throw new ServiceError('signature-invalid', 'The signature is missing: send X-Twilio-Signature.');
    }
    const form = new URLSearchParams(await c.req.text());
    if (!isSigned(signature, requestTarget(c), form)) {
      c.get('logger').warn(
        { urls: publicUrls.map((publicUrl) => publicUrl + c.req.path) },
        'webhook refused: wrong signature for these URLs; compare PUBLIC_URL and TWILIO_AUTH_TOKEN',
      );
      throw new ServiceError('signature-invalid', 'The signature does not match.');
    }
    // The very values that the handlers read: of a repeated field, the last.
    const webhook = new Map(form);
    if (webhook.get('AccountSid') !== accountSid) {
      throw new ServiceError('signature-invalid', 'This webhook is about another account.');
    }
    c.set('webhook', webhook);
    await next();
  });
}
