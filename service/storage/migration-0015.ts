import type { Kysely, Migration } from 'kysely';
import { engineOf } from './engine.ts';

const COLUMNS = ['call_sid', 'key', 'event', 'received_at'] as const;

interface Then {
  call_events: Record<(typeof COLUMNS)[number], string>;
  call_events_before: Record<(typeof COLUMNS)[number] | 'id', string>;
}

/** SQLite makes the index of a unique column with the table, and drops it with the table alone. */
async function anewInSqlite(db: Kysely<Then>): Promise<void> {
  const { schema } = db;
  await schema.dropIndex('call_events_by_call').execute();
  await schema.alterTable('call_events').renameTo('call_events_before').execute();
  await schema
    .createTable('call_events')
    .addColumn('call_sid', 'text', (c) => c.notNull())
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('event', 'text', (c) => c.notNull())
    .addColumn('received_at', 'text', (c) => c.notNull())
    .addUniqueConstraint('call_events_key', ['call_sid', 'key'])
    .execute();
  await db
    .insertInto('call_events')
    .columns(COLUMNS)
    .expression(db.selectFrom('call_events_before').select(COLUMNS).orderBy('id'))
    .execute();
  await schema.dropTable('call_events_before').execute();
}

/**
 * One index of the events instead of two (in PostgreSQL, three): SIDs come in no order, so that each event changes a page
 * of every one.
 */
export const eventsByCall: Migration = {
  async up(db: Kysely<Then>) {
    if (engineOf(db) === 'sqlite') return anewInSqlite(db);
    const { schema } = db;
    await schema.dropIndex('call_events_by_call').execute();
    // With it goes the primary key.
    await schema.alterTable('call_events').dropColumn('id').execute();
    await schema.alterTable('call_events').dropConstraint('call_events_key_key').execute();
    await schema.alterTable('call_events').addPrimaryKeyConstraint('call_events_key', ['call_sid', 'key']).execute();
  },
};
