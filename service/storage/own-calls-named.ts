import { sql, type Kysely } from 'kysely';
import { like } from './calls-named.ts';
import { all, inCall, inTime, type CallRow, type LogQuery } from './log-query.ts';
import type { Database } from './schema.ts';

/**
 * Calls of these logs whose customer's name has this part in it, folded. One's own log is short: it is looked through in
 * an index that has the names, which is quicker than any index of names for all that is found in others' logs.
 */
export async function ownCallsNamed(
  db: Kysely<Database>,
  agentIds: readonly string[],
  part: string,
  query: LogQuery,
): Promise<CallRow[]> {
  const calls = inCall(query);
  if (calls.length > 0) calls.push(sql`calls.call_id = call_agents.call_id`);
  // Each log in the order of its index; one statement, since each is a way there and back.
  const parts = agentIds.map((agentId) => {
    const own = [sql`call_agents.agent_id = ${agentId}`, sql`call_agents.name ${like(part)}`];
    return sql`
      select call_id from (
        select call_agents.call_id from call_agents ${calls.length > 0 ? sql`cross join calls` : sql``}
        where ${all([...own, ...inTime('call_agents', query), ...calls])}
        order by call_agents.created_at desc, call_agents.call_id desc limit ${query.limit}) as part`;
  });
  const { rows } = await sql<CallRow>`
    with shown as materialized (${sql.join(parts, sql` union all `)})
    select calls.record from shown cross join calls where calls.call_id = shown.call_id`.execute(db);
  return rows;
}
