import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { CallQuery } from '../contract.ts';
import type { Database } from './schema.ts';

export interface Position {
  createdAt: string;
  callId: string;
}

/** What is asked of the log, for the database. Times are written alike, since they are compared as text. */
export interface LogQuery extends Pick<CallQuery, 'direction' | 'outcome'> {
  /** In whose log the calls stand; undefined for everybody's. */
  agentIds: readonly string[] | undefined;
  /** Inclusive, and exclusive. */
  from: string | undefined;
  to: string | undefined;
  after: Position | undefined;
  /** One more than the page has: whether there is another. */
  limit: number;
}

export interface CallRow {
  record: string;
}

/** The bounds in time, as SQL over a table with `created_at` and `call_id`. */
export function inTime(table: string, { from, to, after }: LogQuery): RawBuilder<unknown>[] {
  const createdAt = sql.ref(`${table}.created_at`);
  const bounds: RawBuilder<unknown>[] = [];
  if (after) {
    bounds.push(sql`(${createdAt}, ${sql.ref(`${table}.call_id`)}) < (${after.createdAt}, ${after.callId})`);
  }
  if (from !== undefined) bounds.push(sql`${createdAt} >= ${from}`);
  if (to !== undefined) bounds.push(sql`${createdAt} < ${to}`);
  return bounds;
}

/** What of the query only a row of `calls` can tell. */
export function inCall({ direction, outcome }: LogQuery): RawBuilder<unknown>[] {
  const conditions: RawBuilder<unknown>[] = [];
  if (direction !== undefined) conditions.push(sql`calls.direction = ${direction}`);
  if (outcome !== undefined) conditions.push(sql`calls.outcome = ${outcome}`);
  return conditions;
}

export function all(conditions: RawBuilder<unknown>[]): RawBuilder<unknown> {
  return conditions.length === 0 ? sql`1 = 1` : sql.join(conditions, sql` and `);
}

/** `more` narrows by what is in the row. */
export async function newestCalls(
  db: Kysely<Database>,
  query: LogQuery,
  more: RawBuilder<unknown>[] = [],
): Promise<CallRow[]> {
  const { agentIds, limit } = query;
  // Of an agent's log, the order is that of the index it is read through; it has a part for each id.
  const parts = (agentIds ?? [undefined]).map((agentId) => {
    const own = agentId !== undefined;
    const table = own ? 'call_agents' : 'calls';
    const join = own ? sql`inner join calls on calls.call_id = call_agents.call_id` : sql``;
    const conditions = [...inTime(table, query), ...inCall(query), ...more];
    if (own) conditions.push(sql`call_agents.agent_id = ${agentId}`);
    return sql<CallRow>`
      select calls.record from ${sql.table(table)} ${join} where ${all(conditions)}
      order by ${sql.ref(`${table}.created_at`)} desc, ${sql.ref(`${table}.call_id`)} desc limit ${limit}`.execute(db);
  });
  return (await Promise.all(parts)).flatMap(({ rows }) => rows);
}
