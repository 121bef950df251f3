import type { AuditAction, AuditPage, AuditQuery } from '../admin-contract.ts';
import type { Role } from '../contract.ts';

/** Who does something, in which request, and when. */
export interface AuditBy {
  agentId: string;
  /** Null where it is not the agent who asks, but a link that was given to them, or time itself. */
  role: Role | null;
  requestId: string;
  /** ISO 8601, UTC. */
  at: string;
}

/** Something that was done. `before` and `after` are kept as JSON. */
export interface AuditNote extends AuditBy {
  action: AuditAction;
  subject: string;
  before?: unknown;
  after?: unknown;
}

/** Who did what: notes are added and never changed. What changes the database keeps its note in the same transaction. */
export interface Audit {
  /** On disk when it resolves. */
  add(note: AuditNote): Promise<void>;
  /** Newest first. */
  page(query: AuditQuery & { subjects?: readonly string[] }): Promise<AuditPage>;
}
