import { sql, type RawBuilder } from 'kysely';
import type { LogQuery } from './log-query.ts';

/**
 * Narrows found calls to those in the logs that are asked for, by the index of those logs. `cross join` keeps SQLite's
 * planner from beginning there.
 */
export function ownCalls(
  table: string,
  { agentIds }: LogQuery,
): { join: RawBuilder<unknown>; where: RawBuilder<unknown>[] } {
  if (agentIds === undefined) return { join: sql``, where: [] };
  return {
    join: sql`cross join call_agents`,
    where: [
      sql`call_agents.agent_id in (${sql.join(agentIds)})`,
      sql`call_agents.created_at = ${sql.ref(`${table}.created_at`)}`,
      sql`call_agents.call_id = ${sql.ref(`${table}.call_id`)}`,
    ],
  };
}
