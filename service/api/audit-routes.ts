import { Hono } from 'hono';
import type { Audit } from '../calls/audit.ts';
import { auditQuery } from '../admin-contract.ts';
import type { AppEnv } from '../environment.ts';
import { adminsOnly } from './admins-only.ts';
import { queryOf } from './query-of.ts';

export interface AuditRoutesOptions {
  audit: Audit;
}

/** `GET /audit`: who did what, for admins. */
export function auditRoutes({ audit }: AuditRoutesOptions) {
  return new Hono<AppEnv>().use('/audit', adminsOnly).get('/audit', async (c) => {
    c.header('Cache-Control', 'no-store');
    return c.json(await audit.page(queryOf(c, auditQuery)));
  });
}
