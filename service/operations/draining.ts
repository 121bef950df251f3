import { createMiddleware } from 'hono/factory';
import type { ErrorAnswer } from '../contract.ts';
import type { AppEnv } from '../environment.ts';

/**
 * No stream begins on a node that is about to end: the page comes back in a moment, and finds another. Answered, not
 * thrown: nothing is wrong here that the log should tell of.
 */
export function noneWhileDraining(closing: AbortSignal) {
  return createMiddleware<AppEnv>(async function noneWhileDraining(c, next) {
    if (!closing.aborted) return next();
    const answer: ErrorAnswer = {
      code: 'service-busy',
      message: 'This node is about to end: ask again in a moment.',
      requestId: c.get('requestId'),
    };
    // By a connection of its own, so that a balancer of connections leads it to another node.
    return c.json(answer, 503, { Connection: 'close' });
  });
}
