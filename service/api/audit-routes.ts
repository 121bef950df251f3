import { Hono } from 'hono';
import type { Audit } from '../calls/audit.ts';
import { auditQuery } from '../contract.ts';
import type { AppEnv } from '../environment.ts';
import { ServiceError } from '../errors.ts';
import { queryOf } from './query-of.ts';

export interface AuditRoutesOptions {
  audit: Audit;
}

/** `GET /audit`: who did what, for admins. */
export function auditRoutes({ audit }: AuditRoutesOptions) {
  return new Hono<AppEnv>().get('/audit', async (c) => {
    if (c.get('agent').role !== 'admin') {
      throw new ServiceError('role-refused', 'The audit is read by administrators.');
    }
    c.header('Cache-Control', 'no-store');
    return c.json(await audit.page(queryOf(c, auditQuery)));
  });
}
