import { createMiddleware } from 'hono/factory';
import { identityOf } from '../../calls/identity.ts';
import type { Clock } from '../../calls/ports.ts';
import { isLoopback } from '../../config/settings.ts';
import { ROLES } from '../../contract.ts';
import type { AppContext, AppEnv } from '../../environment.ts';
import type { Logger } from '../../logger.ts';
import type { Authenticate } from '../authentication.ts';
import { TokenRefused } from './token-refused.ts';

const LIFE_MS = 10 * 60_000;
const WARN_EVERY_MS = 60_000;

const FORM = new RegExp(`^dev(?:\\.([\\w.~+/-]{1,40}?)(?:\\.(${ROLES.join('|')}))?)?$`);

/** Believes what it is told: the bearer `dev`, or `dev.mona`, or `dev.mona.supervisor`. */
export function devAuthentication(clock: Clock): Authenticate {
  return (bearer) => {
    const found = FORM.exec(bearer);
    if (!found) throw new TokenRefused('malformed', 'In dev mode the bearer is dev, dev.<name> or dev.<name>.<role>.');
    const [, id = 'dev', role] = found;
    const now = clock();
    return Promise.resolve({
      agent: { id, name: id, identity: identityOf(id), role: ROLES.find((each) => each === role) ?? 'agent' },
      acceptedUntil: new Date(now.getTime() + LIFE_MS),
      crmWordAt: now,
    });
  };
}

/**
 * `X-Dev-Agent: mona` says the same as the bearer `dev.mona`. Something has to be said: a page of another origin may
 * send a request with neither, but must ask before it sends one of these.
 */
export function devAuthorizationOf(c: AppContext): string | undefined {
  const agent = c.req.header('x-dev-agent');
  return agent === undefined ? undefined : `Bearer dev.${agent}`;
}

/** A page whose name somebody points at this machine (DNS rebinding) is of the same origin, under that name. */
export const underOwnNameOnly = createMiddleware<AppEnv>(async function underOwnNameOnly(c, next) {
  if (!isLoopback(new URL(c.req.url).hostname)) {
    throw new TokenRefused('missing', 'In dev mode this service answers under localhost only.');
  }
  await next();
});

/** Says so in the log, now and every minute until the signal. */
export function warnOfDevMode(logger: Logger, ended: AbortSignal): void {
  const warn = () => logger.warn('AUTH_MODE is dev: anybody on this machine may be any agent');
  warn();
  const timer = setInterval(warn, WARN_EVERY_MS).unref();
  ended.addEventListener('abort', () => clearInterval(timer), { once: true });
}
