import { createHash, timingSafeEqual } from 'node:crypto';
import { createMiddleware } from 'hono/factory';
import type { Account } from '../ports.ts';
import { RestError, restErrorResponse } from './rest-error.ts';

/** Who asks: the account with its auth token, or one of its API keys. */
export interface CredentialsEnv {
  Variables: { askedBy: 'account' | 'api-key' };
}

function same(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}

/** HTTP basic authentication of the REST API: `AC…:auth token` or `SK…:secret`, for this account only. */
export function credentials(account: Account) {
  return createMiddleware<CredentialsEnv>(async function credentials(c, next) {
    const encoded = /^Basic (.+)$/i.exec(c.req.header('Authorization') ?? '')?.[1] ?? '';
    const [, user = '', password = ''] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString('utf8')) ?? [];
    const secret = user === account.accountSid ? account.authToken : account.apiKeys.get(user)?.secret;
    if (secret === undefined || !same(password, secret)) {
      c.header('WWW-Authenticate', 'Basic realm="Twilio API"');
      return restErrorResponse(new RestError(401, 20003, 'Authenticate'), c);
    }
    c.set('askedBy', user === account.accountSid ? 'account' : 'api-key');
    return next();
  });
}
