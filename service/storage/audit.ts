import type { Kysely } from 'kysely';
import type { Audit, AuditNote } from '../calls/audit.ts';
import type { AuditEntry } from '../admin-contract.ts';
import { instant } from './instant.ts';
import type { Database } from './schema.ts';
import type { Store } from './store.ts';

const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value));
const parsed = (text: string | null) => (text === null ? null : (JSON.parse(text) as unknown));

/** Keeps a note in the transaction of what it tells of. */
export async function writeAudit(trx: Kysely<Database>, note: AuditNote): Promise<void> {
  const { at, agentId, role, action, subject, before, after, requestId } = note;
  await trx
    .insertInto('audit')
    .values({
      at,
      agent_id: agentId,
      role: role ?? '',
      action,
      subject,
      before: json(before),
      after: json(after),
      request_id: requestId,
    })
    .execute();
}

export function createAudit({ db, write }: Store): Audit {
  return {
    add: (note) => write((trx) => writeAudit(trx, note)),

    async page({ limit, cursor, agent, action, subject, subjects, from, to }) {
      let query = db.selectFrom('audit').selectAll();
      if (cursor !== undefined) query = query.where('id', '<', cursor);
      if (agent !== undefined) query = query.where('agent_id', '=', agent);
      if (action !== undefined) query = query.where('action', '=', action);
      if (subject !== undefined) query = query.where('subject', '=', subject);
      if (subjects !== undefined) query = query.where('subject', 'in', subjects);
      if (from !== undefined) query = query.where('at', '>=', instant(from));
      if (to !== undefined) query = query.where('at', '<', instant(to));
      const rows = await query
        .orderBy('id', 'desc')
        .limit(limit + 1)
        .execute();
      const entries = rows.slice(0, limit).map((row): AuditEntry => {
        const { id, at, agent_id, role, action, subject, before, after, request_id } = row;
        return {
          id,
          at,
          agent: { id: agent_id, role: role === '' ? null : (role as AuditEntry['agent']['role']) },
          action: action as AuditEntry['action'],
          subject,
          before: parsed(before),
          after: parsed(after),
          requestId: request_id,
        };
      });
      return { entries, nextCursor: rows.length > limit ? String(entries.at(-1)!.id) : null };
    },
  };
}
