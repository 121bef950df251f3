import { createMiddleware } from 'hono/factory';
import { validateRequest } from 'twilio/lib/webhooks/webhooks.js';
import type { AppEnv } from '../environment.ts';
import { ServiceError } from '../errors.ts';

export interface SignedWebhookOptions {
  /** Each is tried: two while the token is being rotated. */
  authTokens: readonly string[];
  accountSid: string;
  /** The origin (and path prefix) that the carrier was told, without a trailing slash. */
  publicUrl: string;
}

type Parameters = Record<string, string | string[]>;

/** Duplicate fields stay arrays, as the signature covers them; the null prototype keeps `__proto__` an ordinary name. */
function parametersOf(form: URLSearchParams): Parameters {
  const parameters = Object.create(null) as Parameters;
  for (const name of new Set(form.keys())) {
    const values = form.getAll(name);
    parameters[name] = values.length === 1 ? values[0]! : values;
  }
  return parameters;
}

function isSigned(token: string, signature: string, url: string, parameters: Parameters): boolean {
  try {
    return validateRequest(token, signature, url, parameters);
  } catch {
    return false;
  }
}

/**
 * Nothing of a webhook is believed before its `X-Twilio-Signature` has been checked (Twilio: Webhooks Security), over
 * PUBLIC_URL and the path as it came: never over a Host header, which the sender chooses.
 */
export function signedWebhook({ authTokens, accountSid, publicUrl }: SignedWebhookOptions) {
  return createMiddleware<AppEnv>(async function signedWebhook(c, next) {
    if (c.req.method !== 'POST') throw new ServiceError('method-not-allowed', 'Webhooks are sent by POST.');
    if (!/^application\/x-www-form-urlencoded\b/i.test(c.req.header('content-type') ?? '')) {
      throw new ServiceError('unsupported-media-type', 'Webhooks are application/x-www-form-urlencoded.');
    }
    const { pathname, search } = new URL(c.req.raw.url);
    const signature = c.req.header('x-twilio-signature');
    if (!signature) {
      c.get('logger').warn({ url: publicUrl + pathname }, 'webhook refused: not signed');
      throw new ServiceError('signature-invalid', 'The signature is missing: send X-Twilio-Signature.');
    }
    const form = new URLSearchParams(await c.req.text());
    const url = publicUrl + pathname + search;
    const parameters = parametersOf(form);
    if (!authTokens.some((token) => isSigned(token, signature, url, parameters))) {
      c.get('logger').warn(
        { url: publicUrl + pathname },
        'webhook refused: wrong signature for this URL; compare PUBLIC_URL and TWILIO_AUTH_TOKEN',
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
