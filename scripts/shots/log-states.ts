import type { AuditEntry } from '../../service/admin-contract.ts';
import type { CallRecord } from '../../service/contract.ts';
import { callRecord, recordingOf } from '../../widget/call-log/testing/call-record.ts';
import type { Step } from './states.ts';

/** One picture of the call log: what the service answers, and what was opened. */
export interface LogShot {
  readonly name: string;
  readonly calls?: readonly CallRecord[];
  /** Routes that answer with this status (0: never). */
  readonly failing?: Readonly<Record<string, number>>;
  readonly role?: 'supervisor';
  readonly deeds?: readonly AuditEntry[];
  readonly notSetUp?: boolean;
  /** The row that is opened, by its place. */
  readonly open?: number;
  /** In order, by the parts of the element. */
  readonly steps?: readonly Step[];
}

const LONG = 'شركة النيل للتجارة والتوريدات العمومية، فرع مدينة نصر';

const CALL_BACK = { at: '2026-11-29T07:00:00.000Z', doneAt: null };

/** Every outcome, and whatever else a row may have. */
const CALLS: readonly CallRecord[] = [
  callRecord(1, { status: 'open', outcome: null, durationSeconds: null }),
  callRecord(2, {
    recordings: [recordingOf('RE2')],
    note: 'عايز ميعاد يوم الأحد',
    disposition: 'sold',
    callBack: CALL_BACK,
  }),
  callRecord(3, { direction: 'incoming', outcome: 'missed', durationSeconds: null }),
  callRecord(4, {
    direction: 'incoming',
    outcome: 'voicemail',
    durationSeconds: null,
    recordings: [recordingOf('RE4', { channels: 1 })],
  }),
  callRecord(5, { customer: { number: '+201001234503', name: null }, outcome: 'no-answer', durationSeconds: null }),
  callRecord(6, { outcome: 'failed', refusal: 'number-called-too-often', durationSeconds: null }),
  callRecord(7, { customer: { number: '+201001234507', name: LONG }, note: LONG, disposition: 'follow-up' }),
  callRecord(8, { outcome: 'not-in-service', durationSeconds: null }),
  callRecord(9, { direction: 'incoming', customer: { number: 'anonymous', name: null }, durationSeconds: 4205 }),
  callRecord(1500, { outcome: 'busy', durationSeconds: null }),
  callRecord(500_000, { outcome: 'declined', durationSeconds: null }),
  callRecord(500_001, { outcome: 'canceled', durationSeconds: null }),
];

/** One call whose recording is in this state, open. */
function recording(name: string, over: Parameters<typeof recordingOf>[1]): LogShot {
  return { name: `log-recording-${name}`, calls: [callRecord(1, { recordings: [recordingOf('RE1', over)] })], open: 0 };
}

function deed(id: number, over: Partial<AuditEntry>): AuditEntry {
  const agent = { id: 'salma', role: 'supervisor' } as const;
  const what = { action: 'recording-opened', subject: `${CALLS[1]!.callId}/RE2`, before: null, after: null } as const;
  return { id, at: CALLS[0]!.createdAt, agent, requestId: 'r', ...what, ...over };
}

export const LOG_SHOTS: readonly LogShot[] = [
  { name: 'log-loading', failing: { 'GET /api/calls': 0 } },
  { name: 'log-empty' },
  { name: 'log-failed', failing: { 'GET /api/calls': 503 } },
  { name: 'log-not-set-up', notSetUp: true },
  { name: 'log-list', calls: CALLS },
  { name: 'log-of-all-agents', calls: CALLS, role: 'supervisor' },
  { name: 'log-filters', calls: CALLS, role: 'supervisor', steps: [{ press: 'filters-button' }] },
  { name: 'log-nothing-found', calls: CALLS, steps: [{ write: '999999', into: 'search' }] },
  { name: 'log-open', calls: CALLS, open: 1 },
  { name: 'log-open-refused', calls: CALLS, open: 5 },
  {
    name: 'log-delete',
    calls: CALLS,
    role: 'supervisor',
    open: 1,
    steps: [{ press: 'delete-button' }],
  },
  {
    name: 'log-history',
    calls: CALLS,
    role: 'supervisor',
    open: 1,
    deeds: [deed(2, {}), deed(1, { action: 'recording-deleted' })],
    steps: [{ press: 'history-button' }],
  },
  recording('processing', { status: 'processing' }),
  recording('absent', { status: 'absent', errorCode: 13238 }),
  recording('deleted', { status: 'deleted' }),
  recording('encrypted', { encrypted: true }),
];
