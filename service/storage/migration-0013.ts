import { sql, type Kysely, type Migration } from 'kysely';
import { engineOf } from './engine.ts';

/** Kept by the database itself, whoever settles a cost: a sum of its own never drifts from what it is a sum of. */
const SQLITE_SUMS = [
  `create trigger placed_calls_spent after update of cost on placed_calls when new.cost is not old.cost begin
     insert into spent (day, agent_id, amount)
       values (substr(new.at, 1, 10), new.agent_id, coalesce(new.cost, 0) - coalesce(old.cost, 0))
       on conflict (day, agent_id) do update set amount = amount + excluded.amount;
   end`,
];

const POSTGRES_SUMS = [
  `create function almasar_sum_spent() returns trigger language plpgsql as $$
     begin
       insert into spent (day, agent_id, amount)
         values (substr(new.at, 1, 10), new.agent_id, coalesce(new.cost, 0) - coalesce(old.cost, 0))
         on conflict (day, agent_id) do update set amount = spent.amount + excluded.amount;
       return null;
     end
   $$`,
  `create trigger placed_calls_spent after update of cost on placed_calls for each row
     when (new.cost is distinct from old.cost) execute function almasar_sum_spent()`,
];

/**
 * An outgoing call is one row from the question of its agent on: the intent moves into it, with the leg that took it and
 * how long it may last. What was spent is kept as a sum of each day and agent. Intents live for seconds: those that are
 * under way meanwhile are asked for again.
 */
export const dialedAtOnce: Migration = {
  async up(db: Kysely<unknown>) {
    const postgres = engineOf(db) === 'postgres';
    const { schema } = db;
    await schema.dropTable('intents').execute();
    // Whoever changes the log holds its row, and whoever decides on a call changes the log.
    await schema.dropTable('dial_turn').execute();
    await schema
      .alterTable('placed_calls')
      .addColumn('intent', 'text', (c) => c.notNull().defaultTo(''))
      .execute();
    await schema.alterTable('placed_calls').addColumn('call_sid', 'text').execute();
    await schema.alterTable('placed_calls').addColumn('limit_seconds', 'integer').execute();
    for (const index of ['by_time', 'by_agent', 'open']) await schema.dropIndex(`placed_calls_${index}`).execute();
    await schema.alterTable('placed_calls').dropColumn('longest_until').execute();
    await schema.createIndex('placed_calls_by_time').on('placed_calls').column('at').execute();
    // With all that is asked of an agent's day: it is counted from the index alone.
    await schema
      .createIndex('placed_calls_by_agent')
      .on('placed_calls')
      .columns(['agent_id', 'at', 'counts_until', 'open_until'])
      .execute();
    await schema
      .createIndex('placed_calls_open')
      .on('placed_calls')
      .column('open_until')
      .where(sql.ref('open_until'), '<>', sql.lit(''))
      .execute();
    await schema
      .createTable('spent')
      .addColumn('day', 'text', (c) => c.notNull())
      .addColumn('agent_id', 'text', (c) => c.notNull())
      .addColumn('amount', postgres ? 'bigint' : 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('spent_key', ['day', 'agent_id'])
      .execute();
    await sql`
      insert into spent (day, agent_id, amount)
      select substr(at, 1, 10), agent_id, sum(cost) from placed_calls where cost is not null group by 1, 2`.execute(db);
    for (const statement of postgres ? POSTGRES_SUMS : SQLITE_SUMS) await sql.raw(statement).execute(db);
  },
};
