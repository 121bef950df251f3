import type { Kysely, Migration } from 'kysely';

/** One row while nobody may place calls. */
export const outgoingStop: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('outgoing_stop')
      .addColumn('id', 'integer', (c) => c.primaryKey())
      .addColumn('reason', 'text', (c) => c.notNull())
      .addColumn('stopped_by', 'text', (c) => c.notNull())
      .addColumn('stopped_at', 'text', (c) => c.notNull())
      .execute();
  },
};
