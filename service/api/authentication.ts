import { createMiddleware } from 'hono/factory';
import type { Agent } from '../calls/ports.ts';
import type { AppEnv } from '../environment.ts';
import { devAuthorizationOf } from './authentication/dev.ts';
import { TokenRefused } from './authentication/token-refused.ts';
import type { RequestLimits } from './request-limits.ts';

export interface Authenticated {
  agent: Agent;
  /** From this moment on, a request with the same token is refused. */
  acceptedUntil: Date;
  /** When the CRM last said who this is. */
  crmWordAt: Date;
}

/** Whose token this is. Throws TokenRefused for one that is not to be believed. */
export type Authenticate = (bearer: string) => Promise<Authenticated>;

/** Of a token. Nothing that a CRM has to say of an agent is longer. */
const LONGEST = 8192;

const BEARER = /^Bearer +([\w.~+/-]+=*)$/i;

function refusal(authorization: string | undefined): TokenRefused {
  if (authorization === undefined || authorization.length <= LONGEST) {
    return new TokenRefused('missing', 'Send the JWT of your CRM: Authorization: Bearer <token>.');
  }
  return new TokenRefused('malformed', `The CRM's token was refused: it is longer than ${LONGEST} characters.`);
}

export interface AuthenticationOptions {
  limits: RequestLimits;
  authMode: string;
}

/** Lets a request through with its agent, or answers 401 before anything else is read. */
export function authentication(authenticate: Authenticate, { limits, authMode }: AuthenticationOptions) {
  return createMiddleware<AppEnv>(async function authentication(c, next) {
    try {
      const given = c.req.header('authorization');
      const authorization = given ?? (authMode === 'dev' ? devAuthorizationOf(c) : undefined);
      const [, bearer] = (authorization && BEARER.exec(authorization)) || [];
      if (!bearer || bearer.length > LONGEST) throw refusal(authorization);
      const { agent, acceptedUntil, crmWordAt } = await authenticate(bearer);
      c.set('agent', agent);
      c.set('acceptedUntil', acceptedUntil);
      c.set('crmWordAt', crmWordAt);
    } catch (error) {
      // Counted only when refused: colleagues behind the same address go on working.
      if (error instanceof TokenRefused) await limits.countRefused(c);
      throw error;
    }
    await next();
  });
}
