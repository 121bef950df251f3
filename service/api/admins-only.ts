import { createMiddleware } from 'hono/factory';
import type { AppEnv } from '../environment.ts';
import { ServiceError } from '../errors.ts';

/** Lets nobody through but administrators. */
export const adminsOnly = createMiddleware<AppEnv>(async function adminsOnly(c, next) {
  if (c.get('agent').role !== 'admin') throw new ServiceError('role-refused', 'Only an admin may do this.');
  await next();
});
