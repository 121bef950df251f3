import type { InsertResult } from 'kysely';
import { foldName } from '../calls/folded-name.ts';
import type { CallRecord } from '../contract.ts';
import { columnsOf, forEachRow } from './for-each-row.ts';

/** Of what is searched in own logs: it stands in an index, whose rows are short (PostgreSQL: 2704 bytes). */
const LONGEST_NAME = 200;

/** A call in somebody's log. */
export interface Viewed {
  agent_id: string;
  created_at: string;
  call_id: string;
  name: string;
  call_back_at: string | null;
}

/** When it is due; null without one, or when it is done. */
export function openCallBackOf({ callBack }: Pick<CallRecord, 'callBack'>): string | null {
  return callBack?.doneAt === null ? callBack.at : null;
}

export function viewsOf(
  call: Pick<CallRecord, 'callId' | 'createdAt' | 'customer' | 'callBack'>,
  viewers: readonly string[],
): Viewed[] {
  const name = foldName(call.customer.name ?? '').slice(0, LONGEST_NAME);
  const call_back_at = openCallBackOf(call);
  return viewers.map((agent_id) => ({
    agent_id,
    created_at: call.createdAt,
    call_id: call.callId,
    name,
    call_back_at,
  }));
}

const VIEW = { agent_id: 'text', created_at: 'text', call_id: 'text', name: 'text', call_back_at: 'text' } as const;

/** Those that stand there already stay. */
export const insertViews = forEachRow<Viewed, InsertResult>(VIEW, (db, rows) =>
  db
    .insertInto('call_agents')
    .columns(columnsOf(VIEW))
    .expression(rows.select())
    .onConflict((conflict) => conflict.doNothing()),
);
