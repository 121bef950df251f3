import { Hono } from 'hono';
import * as z from 'zod';
import type { AppEnv } from '../environment.ts';
import { twimlAnswer } from './twiml-answer.ts';
import { troubleTwiml } from './twiml.ts';

/** Why Twilio asks here (Twilio: availability and reliability). Neither decides anything: both are only written down. */
const failure = z.object({
  ErrorCode: z
    .string()
    .regex(/^\d{1,6}$/)
    .optional()
    .catch(undefined),
  ErrorUrl: z.url().max(1000).optional().catch(undefined),
});

/** Without the query, in which a link may carry its permission. */
function addressOf(url: string | undefined): string | undefined {
  const parsed = URL.parse(url ?? '');
  return parsed ? parsed.origin + parsed.pathname.slice(0, 200) : undefined;
}

/**
 * The Voice Fallback URL of a number or a TwiML App: what a caller hears when another address here has failed. Behind
 * the signature check of carrierRoutes; needs no database.
 */
export function fallbackRoute() {
  return new Hono<AppEnv>().post('/twiml/fallback', (c) => {
    const { ErrorCode, ErrorUrl } = failure.parse(Object.fromEntries(c.get('webhook')));
    c.get('logger').error({ errorCode: ErrorCode, errorUrl: addressOf(ErrorUrl) }, 'the carrier fell back');
    return twimlAnswer(c, troubleTwiml());
  });
}
