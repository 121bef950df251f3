import { createMiddleware } from 'hono/factory';
import type { AppEnv } from '../environment.ts';
import { ServiceError } from '../errors.ts';

/** No stream begins on a node that is about to end: the page comes back in a moment, and finds another. */
export function noneWhileDraining(closing: AbortSignal) {
  return createMiddleware<AppEnv>(async function noneWhileDraining(_, next) {
    if (closing.aborted) throw new ServiceError('service-busy', 'This node is about to end: ask again in a moment.');
    await next();
  });
}
