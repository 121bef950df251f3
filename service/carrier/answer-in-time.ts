import { createMiddleware } from 'hono/factory';
import type { AppContext, AppEnv } from '../environment.ts';
import { ServiceError } from '../errors.ts';
import { twimlAnswer } from './twiml-answer.ts';
import { hangUpTwiml, troubleTwiml } from './twiml.ts';

export interface AnswerLimits {
  /** After so many milliseconds, whoever is on the line hears that something is wrong: the carrier gives up after 6 s. */
  twimlMs: number;
  /** After so many, news is refused and comes again: the carrier gives up after 4 s. */
  newsMs: number;
}

export const ANSWER_LIMITS: AnswerLimits = { twimlMs: 5000, newsMs: 3500 };

/** Runs what is behind a middleware; false when that takes longer. It goes on all the same. */
async function within(ms: number, next: () => Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => (timer = setTimeout(resolve, ms, false)));
  try {
    return await Promise.race([next().then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}

function isOursToMend({ error }: AppContext): boolean {
  return error !== undefined && !(error instanceof ServiceError && error.status < 500);
}

/** Whether the conversation has been held: nothing is left to say. */
function isHeld(webhook: ReadonlyMap<string, string>): boolean {
  return ['completed', 'answered'].includes(webhook.get('DialCallStatus') ?? '');
}

/**
 * Somebody is on the line of a TwiML request: whatever is wrong with the database or with us, the answer is TwiML with
 * HTTP 200, and in time.
 */
export function twimlInTime(limitMs: number) {
  return createMiddleware<AppEnv>(async function twimlInTime(c, next) {
    const inTime = await within(limitMs, next);
    if (inTime && !isOursToMend(c)) return;
    if (!inTime) c.get('logger').error({ path: c.req.path }, 'no answer in time: the caller hears that we are sorry');
    const quiet = c.req.path.endsWith('/dial-result') || isHeld(c.get('webhook'));
    c.res = twimlAnswer(c, quiet ? hangUpTwiml() : troubleTwiml());
  });
}

/** News that cannot be stored, or not in time, is answered with 503: the carrier sends it again (`rp=5xx`). */
export function newsInTime(limitMs: number) {
  return createMiddleware<AppEnv>(async function newsInTime(c, next) {
    const inTime = await within(limitMs, next);
    if (inTime && !isOursToMend(c)) return;
    const reason = inTime ? 'It could not be stored: send it again.' : 'It could not be stored in time: send it again.';
    throw new ServiceError('service-busy', reason, c.error);
  });
}
