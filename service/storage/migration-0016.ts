import { sql, type Kysely, type Migration } from 'kysely';
import { engineOf } from './engine.ts';

const BATCH = 5000;

interface Then {
  calls: { call_id: string; name_folded: string };
}

/** In steps on PostgreSQL, which need little memory however large the log is. */
async function fillInNames(db: Kysely<Then>): Promise<void> {
  if (engineOf(db) === 'sqlite') {
    await sql`update call_agents set name = coalesce(
                (select substr(name_folded, 1, 200) from calls where calls.call_id = call_agents.call_id), '')`.execute(
      db,
    );
    return;
  }
  for (let last = ''; ;) {
    const rows = await db
      .selectFrom('calls')
      .select('call_id')
      .where('call_id', '>', last)
      .orderBy('call_id')
      .limit(BATCH)
      .execute();
    const end = rows.at(-1)?.call_id;
    if (end === undefined) return;
    await sql`update call_agents set name = substr(calls.name_folded, 1, 200) from calls
              where calls.call_id = call_agents.call_id and calls.name_folded <> ''
                and calls.call_id > ${last} and calls.call_id <= ${end}`.execute(db);
    last = end;
  }
}

/** Names in each agent's own log. */
export const ownNames: Migration = {
  async up(db: Kysely<Then>) {
    const order = engineOf(db) === 'postgres' ? sql`collate "C"` : sql``;
    await sql`alter table call_agents add column name text ${order} not null default ''`.execute(db);
    await fillInNames(db);
    // The name last: a whole log is looked through in this index alone.
    await db.schema
      .createIndex('call_agents_named')
      .on('call_agents')
      .columns(['agent_id', 'created_at', 'call_id', 'name'])
      .execute();
  },
};
