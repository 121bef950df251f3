import type { Selectable, Transaction } from 'kysely';
import type { AuditBy } from '../calls/audit.ts';
import type { CallPatch } from '../contract.ts';
import { writeAudit } from './audit.ts';
import { project, type Projected } from './call-projection.ts';
import type { WriteCrmEvents } from './crm-outbox.ts';
import { instant } from './instant.ts';
import type { Database } from './schema.ts';

type Kept = Selectable<Database['calls']>;
type Row = Pick<Kept, 'note' | 'disposition' | 'call_back_at' | 'call_back_done_at'>;

/** What an agent wrote has names of its own in the audit: those of the request. */
const AUDITED: Record<keyof Row, string> = {
  note: 'note',
  disposition: 'disposition',
  call_back_at: 'callBackAt',
  call_back_done_at: 'callBackDoneAt',
};

const isOfCallBack = (field: keyof Row) => field === 'call_back_at' || field === 'call_back_done_at';

function callBackOf({ callBackAt, callBackDone }: CallPatch, row: Row, now: string): Partial<Row> {
  const at = callBackAt === undefined ? row.call_back_at : callBackAt && instant(callBackAt);
  const sameTime = at === row.call_back_at;
  const before = sameTime ? row.call_back_done_at : null;
  const doneAt = at === null || callBackDone === false ? null : callBackDone ? (before ?? now) : before;
  return { call_back_at: at, call_back_done_at: doneAt };
}

/** As the database keeps it: half of a letter, where a field was cut at its limit, becomes a letter of its own there. */
const asKept = (note: string | null | undefined) => note?.toWellFormed() ?? '';

/** Somebody else has written since. The same words again are the request whose answer was lost. */
function isNoteOfOthers({ note, noteBefore }: CallPatch, row: Row): boolean {
  if (note === undefined || noteBefore === undefined) return false;
  return ![asKept(noteBefore), asKept(note)].includes(row.note ?? '');
}

/**
 * Keeps what an agent wrote of a call and the note of who it was, under lockLog; undefined when there is no such call,
 * `note-changed` when its note is another than the writer knew.
 */
export async function patchCall(
  trx: Transaction<Database>,
  callId: string,
  patch: CallPatch,
  by: AuditBy,
  writeCrmEvents: WriteCrmEvents | undefined,
): Promise<Projected | 'note-changed' | undefined> {
  const row = await trx
    .selectFrom('calls')
    .select(['call_sid', 'note', 'disposition', 'call_back_at', 'call_back_done_at'])
    .where('call_id', '=', callId)
    .executeTakeFirst();
  if (!row) return undefined;
  if (isNoteOfOthers(patch, row)) return 'note-changed';
  const { note, disposition } = patch;
  const given: Partial<Row> = {
    ...(note !== undefined && { note: note === '' ? null : note }),
    ...(disposition !== undefined && { disposition }),
    ...callBackOf(patch, row, by.at),
  };
  const changed = (Object.keys(given) as (keyof Row)[]).filter((field) => given[field] !== row[field]);
  if (changed.length > 0) {
    const opened = given.call_back_at && given.call_back_done_at === null && changed.some(isOfCallBack);
    const written: Partial<Kept> = { ...given, ...(opened && { call_back_set_at: by.at }) };
    await trx.updateTable('calls').set(written).where('call_id', '=', callId).execute();
    const only = (of: Partial<Row>) => Object.fromEntries(changed.map((field) => [AUDITED[field], of[field]]));
    await writeAudit(trx, { ...by, action: 'call-changed', subject: callId, before: only(row), after: only(given) });
  }
  return project(trx, row.call_sid, writeCrmEvents);
}
