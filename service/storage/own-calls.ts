import { sql, type RawBuilder } from 'kysely';
import type { LogQuery } from './log-query.ts';

/**
 * Narrows found calls to those in the logs that are asked for: one look into the index of those logs for each. A
 * subquery for a value, which no planner turns into a reading of the whole of somebody's log.
 */
export function ownCalls(table: string, { agentIds }: LogQuery): RawBuilder<unknown>[] {
  if (agentIds === undefined) return [];
  return [
    sql`(select 1 from call_agents where call_agents.agent_id in (${sql.join(agentIds)})
           and call_agents.created_at = ${sql.ref(`${table}.created_at`)}
           and call_agents.call_id = ${sql.ref(`${table}.call_id`)} limit 1) = 1`,
  ];
}
