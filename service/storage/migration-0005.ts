import { sql, type Kysely, type Migration } from 'kysely';

/** Limits of outgoing calls, blocked agents, countries that were called. */
export const dialLimits: Migration = {
  async up(db: Kysely<unknown>) {
    const { schema } = db;
    await schema
      .createTable('placed_calls')
      .addColumn('call_id', 'text', (c) => c.primaryKey())
      .addColumn('agent_id', 'text', (c) => c.notNull())
      .addColumn('number', 'text', (c) => c.notNull())
      .addColumn('at', 'text', (c) => c.notNull())
      .addColumn('counts_until', 'text', (c) => c.notNull())
      .addColumn('put_through_at', 'text')
      .addColumn('open_until', 'text', (c) => c.notNull())
      .addColumn('longest_until', 'text', (c) => c.notNull())
      .addColumn('rate', 'integer', (c) => c.notNull())
      .addColumn('cost', 'integer')
      .addColumn('price', 'integer')
      .addColumn('refusal', 'text')
      .execute();
    // With the cost: a day's sum is read from the index alone.
    await schema.createIndex('placed_calls_by_time').on('placed_calls').columns(['at', 'cost']).execute();
    await schema.createIndex('placed_calls_by_agent').on('placed_calls').columns(['agent_id', 'at', 'cost']).execute();
    await schema.createIndex('placed_calls_by_number').on('placed_calls').columns(['number', 'at']).execute();
    await schema.createIndex('placed_calls_open').on('placed_calls').column('open_until').execute();
    await schema
      .createTable('blocked_agents')
      .addColumn('agent_id', 'text', (c) => c.primaryKey())
      .addColumn('identity', 'text', (c) => c.notNull().unique())
      .addColumn('reason', 'text', (c) => c.notNull())
      .addColumn('blocked_by', 'text', (c) => c.notNull())
      .addColumn('blocked_at', 'text', (c) => c.notNull())
      .execute();
    await schema
      .createTable('called_countries')
      .addColumn('country', 'text', (c) => c.primaryKey())
      .addColumn('first_call_id', 'text', (c) => c.notNull())
      .addColumn('first_at', 'text', (c) => c.notNull())
      .execute();
    await schema
      .createTable('dial_turn')
      .addColumn('id', 'integer', (c) => c.primaryKey())
      .addColumn('turn', 'integer', (c) => c.notNull())
      .execute();
    await sql`insert into dial_turn (id, turn) values (1, 0)`.execute(db);
  },
};
