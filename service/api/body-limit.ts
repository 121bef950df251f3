import type { HttpBindings } from '@hono/node-server';
import { bodyLimit as measuredBody } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';
import type { AppEnv } from '../environment.ts';
import { ServiceError } from '../errors.ts';

const BODY_LIMIT = 64 * 1024;

const tooLarge = () => new ServiceError('payload-too-large', 'The body is larger than 64 KiB.');

const measured = measuredBody({
  maxSize: BODY_LIMIT,
  onError: () => {
    throw tooLarge();
  },
});

/** Refuses a body of more than 64 KiB, whether its length was stated or not. */
export const bodyLimit = createMiddleware<AppEnv>(async function bodyLimit(c, next) {
  const incoming = (c.env as Partial<HttpBindings> | undefined)?.incoming;
  if (incoming === undefined) return measured(c, next);
  // RFC 9112 §6.3: the body ends where its stated length says, and a request with neither header has none. Asking the
  // request itself for its body costs more than all else that a small request does.
  const { 'transfer-encoding': chunked, 'content-length': length = '0' } = incoming.headers;
  if (chunked !== undefined) return measured(c, next);
  if (Number(length) > BODY_LIMIT) throw tooLarge();
  return next();
});
