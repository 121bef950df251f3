import { sql, type Kysely } from 'kysely';
import type { CallBase } from '../calls/call-record.ts';
import type { LogReader, MissedChanges } from '../calls/ports.ts';
import { EVERY_AGENT, viewersOf } from '../calls/visibility.ts';
import type { CallRecord } from '../contract.ts';
import { withoutWrapUp, type Projected } from './call-projection.ts';
import { like } from './calls-named.ts';
import { lastRevision } from './log-revision.ts';
import type { Database } from './schema.ts';
import type { Store } from './store.ts';

/**
 * What has changed after a revision, in order and each call as it is now; at most `limit`. With an agent, calls that
 * were told to that agent (and perhaps some more).
 */
export async function changesAfter(
  db: Kysely<Database>,
  revision: number,
  limit: number,
  agentId?: string,
): Promise<Projected[]> {
  const rows = await db
    .selectFrom('calls')
    .select(['revision', 'base', 'record', 'ended_revision'])
    .where('revision', '>', revision)
    .$if(agentId !== undefined, (query) =>
      query.where((where) =>
        where.or([
          where(
            'call_id',
            'in',
            where
              .selectFrom('call_agents')
              .select('call_agents.call_id')
              .whereRef('call_agents.call_id', '=', 'calls.call_id')
              .where('agent_id', 'in', [agentId!, EVERY_AGENT]),
          ),
          // Among those whose phones rang.
          sql<boolean>`base ${like(JSON.stringify(agentId))}`,
        ]),
      ),
    )
    .orderBy('revision')
    .limit(limit)
    .execute();
  return rows.map((row) => {
    const base = JSON.parse(row.base) as CallBase;
    const record = JSON.parse(row.record) as CallRecord;
    const viewers = viewersOf(base, record);
    const told = row.ended_revision === null || row.ended_revision > revision ? (base.rung ?? []) : [];
    return {
      change: { kind: 'call', revision: row.revision, record },
      viewers,
      onlookers: told.map((agent) => agent.id).filter((id) => !viewers.includes(id)),
    };
  });
}

/** More than this are not sent again: reading the log takes less. */
const MOST_MISSED = 1000;

/**
 * Nor are so many changes of everybody's gone through for one agent: among those of a whole log, SQLite would keep the
 * process from anything else for seconds.
 */
const MOST_GONE_THROUGH = 20_000;

/** What a reader of the event stream missed, from the database. */
export function createMissedChanges({ db }: Store): MissedChanges {
  return {
    reached: () => lastRevision(db),
    async since(reader: LogReader, revision: number) {
      const last = await lastRevision(db);
      const agentId = reader === 'everybody' ? undefined : reader.agentId;
      const tooFar = agentId !== undefined && last - revision > MOST_GONE_THROUGH;
      if (revision > last || tooFar) return { changes: undefined, upTo: last };
      const found = await changesAfter(db, revision, MOST_MISSED + 1, agentId);
      if (found.length > MOST_MISSED) return { changes: undefined, upTo: last };
      const changes = found.flatMap(({ change, viewers, onlookers }) => {
        if (agentId === undefined || viewers.includes(agentId) || viewers.includes(EVERY_AGENT)) return [change];
        return onlookers.includes(agentId) ? [withoutWrapUp(change)] : [];
      });
      return { changes, upTo: Math.max(last, changes.at(-1)?.revision ?? 0) };
    },
  };
}
