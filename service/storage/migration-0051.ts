import { sql, type Kysely, type Migration } from 'kysely';
import { engineOf } from './engine.ts';

/** Call-backs, and those that are open by the time at which they are due: of everybody, and in each agent's log. */
export const callBacks: Migration = {
  async up(db: Kysely<unknown>) {
    const order = engineOf(db) === 'postgres' ? sql`collate "C"` : sql``;
    for (const [table, column] of [
      ['calls', 'call_back_at'],
      ['calls', 'call_back_set_at'],
      ['calls', 'call_back_done_at'],
      ['call_agents', 'call_back_at'],
    ] as const) {
      await sql`alter table ${sql.table(table)} add column ${sql.ref(column)} text ${order}`.execute(db);
    }
    await db.schema
      .createIndex('calls_call_backs')
      .on('calls')
      .columns(['call_back_at', 'call_id'])
      .where(sql.ref('call_back_at'), 'is not', null)
      .where(sql.ref('call_back_done_at'), 'is', null)
      .execute();
    await db.schema
      .createIndex('call_agents_call_backs')
      .on('call_agents')
      .columns(['agent_id', 'call_back_at', 'call_id'])
      .where(sql.ref('call_back_at'), 'is not', null)
      .execute();
  },
};
