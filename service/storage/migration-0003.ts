import type { Kysely, Migration } from 'kysely';
import { reversedDigits } from '../calls/call-search.ts';
import { foldName } from '../calls/folded-name.ts';

const BATCH = 500;

/** The tables as this migration sees them, whatever becomes of them later. */
interface Then {
  calls: {
    call_id: string;
    agent_id: string;
    created_at: string;
    record: string;
    outcome: string | null;
    number_reversed: string;
    name_folded: string;
  };
  call_agents: { agent_id: string; created_at: string; call_id: string };
  agents: { agent_id: string; name: string | null };
}

interface RecordThen {
  outcome: string | null;
  agent: { id: string; name: string | null };
  customer: { number: string; name: string | null };
}

async function fillIn(db: Kysely<Then>): Promise<void> {
  for (let last = ''; ;) {
    const rows = await db
      .selectFrom('calls')
      .select(['call_id', 'agent_id', 'created_at', 'record'])
      .where('call_id', '>', last)
      .orderBy('call_id')
      .limit(BATCH)
      .execute();
    for (const { call_id, agent_id, created_at, record } of rows) {
      const kept = JSON.parse(record) as RecordThen;
      await db
        .updateTable('calls')
        .set({
          record: JSON.stringify({ ...kept, note: null, disposition: null }),
          outcome: kept.outcome,
          number_reversed: reversedDigits(kept.customer.number),
          name_folded: foldName(kept.customer.name ?? ''),
        })
        .where('call_id', '=', call_id)
        .execute();
      await db.insertInto('call_agents').values({ agent_id, created_at, call_id }).execute();
      await db
        .insertInto('agents')
        .values({ agent_id, name: kept.agent.name })
        .onConflict((conflict) => conflict.column('agent_id').doUpdateSet({ name: kept.agent.name }))
        .execute();
    }
    if (rows.length < BATCH) return;
    last = rows.at(-1)!.call_id;
  }
}

/** Incoming calls, who sees which call, search, notes, phones and deadlines. */
export const agentsDay: Migration = {
  async up(db: Kysely<unknown>) {
    const { schema } = db;
    // One column a statement: SQLite adds no more at once.
    await schema
      .alterTable('calls')
      .addColumn('direction', 'text', (c) => c.notNull().defaultTo('outgoing'))
      .execute();
    await schema.alterTable('calls').addColumn('outcome', 'text').execute();
    await schema
      .alterTable('calls')
      .addColumn('number_reversed', 'text', (c) => c.notNull().defaultTo(''))
      .execute();
    await schema
      .alterTable('calls')
      .addColumn('name_folded', 'text', (c) => c.notNull().defaultTo(''))
      .execute();
    await schema.alterTable('calls').addColumn('note', 'text').execute();
    await schema.alterTable('calls').addColumn('disposition', 'text').execute();
    await schema.createIndex('calls_by_time').on('calls').columns(['created_at', 'call_id']).execute();
    await schema.createIndex('calls_by_number').on('calls').columns(['number_reversed', 'created_at']).execute();
    await schema
      .createTable('call_agents')
      .addColumn('agent_id', 'text', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addColumn('call_id', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('call_agents_key', ['agent_id', 'created_at', 'call_id'])
      .execute();
    await schema.createIndex('call_agents_by_call').on('call_agents').columns(['call_id', 'agent_id']).execute();
    await schema.dropIndex('calls_by_agent').execute();
    await schema
      .createTable('agents')
      .addColumn('agent_id', 'text', (c) => c.primaryKey())
      .addColumn('name', 'text')
      .execute();
    await schema
      .createTable('phones')
      .addColumn('agent_id', 'text', (c) => c.primaryKey())
      .addColumn('name', 'text')
      .addColumn('identity', 'text', (c) => c.notNull())
      .addColumn('holder', 'text', (c) => c.notNull())
      .addColumn('place', 'text', (c) => c.notNull())
      .addColumn('available', 'integer', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('reported_at', 'text', (c) => c.notNull())
      .execute();
    await schema.createIndex('phones_by_report').on('phones').column('reported_at').execute();
    await schema
      .createTable('deadlines')
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('key', 'text', (c) => c.notNull())
      .addColumn('detail', 'text', (c) => c.notNull())
      .addColumn('attempts', 'integer', (c) => c.notNull())
      .addColumn('due_at', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('deadlines_key', ['kind', 'key'])
      .execute();
    await schema.createIndex('deadlines_by_time').on('deadlines').columns(['kind', 'due_at']).execute();
    await fillIn(db);
  },
};
