/** The wire between the service and who administers it: who did what, who may not call, what the CRM was not told. */
import * as z from 'zod';
import { callId, crmEvent, ROLES } from './contract.ts';

/** The place in a list whose rows are numbered. */
const numberedCursor = z
  .string()
  .regex(/^\d{1,15}$/, { error: 'is not one of ours: send the nextCursor of a page, or none.' })
  .transform(Number)
  .optional();

/** What is kept of who did it: changes, and what leaves the log. */
export const AUDIT_ACTIONS = [
  'call-changed',
  'recording-opened',
  'recording-downloaded',
  'recording-deleted',
  'recording-paused',
  'recording-resumed',
  'calls-exported',
  'agent-blocked',
  'agent-unblocked',
  'outgoing-stopped',
  'outgoing-allowed',
  'crm-events-resent',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/**
 * One deed. `subject`: the callId, with a recording `<callId>/<recordingSid>`, or the id of the agent it was done to;
 * empty of an export, of events sent again and of what concerns everybody. `before` and `after` hold what changed, `after` of an export its filters, of
 * events sent again which and how many. Recordings whose days are
 * over are deleted by `retention`, an agent of no role and no request; `after` holds the days.
 */
export const auditEntry = z.object({
  id: z.number().int(),
  at: z.iso.datetime(),
  /** `role` is null where a link of theirs was used, and of `retention`. */
  agent: z.object({ id: z.string(), role: z.enum(ROLES).nullable() }),
  action: z.enum(AUDIT_ACTIONS),
  subject: z.string(),
  before: z.unknown(),
  after: z.unknown(),
  /** As in the answer's X-Request-Id and in the service's own log; empty where nobody asked. */
  requestId: z.string(),
});
export type AuditEntry = z.infer<typeof auditEntry>;

/** Query of `GET /api/calls/audit`, for admins: every filter narrows; from inclusive, to exclusive. */
export const auditQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  /** The `nextCursor` of a page. */
  cursor: numberedCursor,
  agent: z.string().max(256).optional(),
  action: z.enum(AUDIT_ACTIONS).optional(),
  subject: z.string().max(256).optional(),
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
});
export type AuditQuery = z.infer<typeof auditQuery>;

/** `GET /api/calls/audit`, and of one call `GET /api/calls/:id/audit` (its newest 100): newest first. */
export const auditPage = z.object({ entries: z.array(auditEntry), nextCursor: z.string().nullable() });
export type AuditPage = z.infer<typeof auditPage>;

/**
 * `GET /api/calls/blocked-agents/:agentId` → a BlockedAgent, 404 when the agent is not blocked; `PUT` blocks, `DELETE`
 * (204) allows again; `GET /api/calls/blocked-agents` → all of them, newest first. For admins only. A blocked agent gets no
 * access token, places no call and is rung by none, from the moment of the answer. `PUT` with `?endCalls=true` also ends
 * the calls that the agent has now; the answer's `endedCalls` says how many.
 */
export const blockRequest = z.object({ reason: z.string().trim().min(1).max(500) });
export type BlockRequest = z.infer<typeof blockRequest>;

export const blockedAgent = z.object({
  agentId: z.string(),
  reason: z.string(),
  blockedBy: z.object({ id: z.string(), name: z.string().nullable() }),
  blockedAt: z.iso.datetime(),
  endedCalls: z.number().int().nonnegative().optional(),
});
export type BlockedAgent = z.infer<typeof blockedAgent>;

export const blockedAgents = z.object({ agents: z.array(blockedAgent) });
export type BlockedAgents = z.infer<typeof blockedAgents>;

/**
 * `PUT /api/calls/outgoing-stop`: from the moment of the answer nobody places a call, on any node; customers' calls go on
 * coming in. `DELETE` (204) allows calls again; `GET`: who stopped them, and why, 404 when nobody did. For admins only.
 * `PUT` with `?endCalls=true` also ends the outgoing calls in progress; the answer's `endedCalls` says how many.
 */
export const outgoingStopRequest = blockRequest;

export const outgoingStop = z.object({
  reason: z.string(),
  stoppedBy: z.object({ id: z.string(), name: z.string().nullable() }),
  stoppedAt: z.iso.datetime(),
  endedCalls: z.number().int().nonnegative().optional(),
});
export type OutgoingStop = z.infer<typeof outgoingStop>;

/** Of the events for CRM_WEBHOOK_URL: yet to be told, given up after a day of tries or a 410, answered with 2xx. */
export const CRM_EVENT_STATES = ['waiting', 'given-up', 'delivered'] as const;

/** Query of `GET /api/calls/crm-events`, for admins: every filter narrows; `createdAt` is from inclusive, to exclusive. */
export const crmEventsQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  /** The `nextCursor` of a page. */
  cursor: numberedCursor,
  state: z.enum(CRM_EVENT_STATES).optional(),
  call: callId.optional(),
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
});
export type CrmEventsQuery = z.infer<typeof crmEventsQuery>;

/** An event in the outbox. */
export const keptCrmEvent = crmEvent.extend({
  state: z.enum(CRM_EVENT_STATES),
  /** How often it was sent without success. */
  attempts: z.number().int().nonnegative(),
  /** When it is sent next; null of one that does not wait. */
  nextAttemptAt: z.iso.datetime().nullable(),
  givenUpAt: z.iso.datetime().nullable(),
  deliveredAt: z.iso.datetime().nullable(),
});
export type KeptCrmEvent = z.infer<typeof keptCrmEvent>;

/**
 * `GET /api/calls/crm-events`: newest first. Those given up are kept for CRM_WEBHOOK_KEPT_DAYS, those delivered for
 * CRM_WEBHOOK_DELIVERED_DAYS.
 */
export const crmEventsPage = z.object({ events: z.array(keptCrmEvent), nextCursor: z.string().nullable() });
export type CrmEventsPage = z.infer<typeof crmEventsPage>;

/** So many events are sent again for one request; a range or a call that has more is refused. */
export const MOST_RESENT = 10_000;

/**
 * `POST /api/calls/crm-events/resend`: sent again at once, under the same ids, and, should that fail, tried for another day.
 * `{"events": "all"}` are all that were given up; events by their ids, of one `call`, or with `createdAt` in a range (from
 * inclusive, to exclusive; until now when absent), those delivered too. What waits is sent anyway.
 */
export const crmResendRequest = z.union([
  z.strictObject({ events: z.union([z.literal('all'), z.array(z.uuid()).min(1).max(100)]) }),
  z.strictObject({ call: callId }),
  z.strictObject({ from: z.iso.datetime(), to: z.iso.datetime().optional() }),
]);
export type CrmResendRequest = z.infer<typeof crmResendRequest>;

export const crmResendAnswer = z.object({ resent: z.number().int().nonnegative() });
export type CrmResendAnswer = z.infer<typeof crmResendAnswer>;
