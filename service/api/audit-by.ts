import type { AuditBy } from '../calls/audit.ts';
import type { Clock } from '../calls/ports.ts';
import type { AppContext } from '../environment.ts';

/** Who asks, for the audit. */
export function auditBy(c: Pick<AppContext, 'get'>, clock: Clock): AuditBy {
  const { id, role } = c.get('agent');
  return { agentId: id, role, requestId: c.get('requestId'), at: clock().toISOString() };
}
