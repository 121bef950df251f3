import type { Kysely, Migration } from 'kysely';

/** Requests by the minute, for limits that hold over all nodes. */
export const requestCounts: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('request_counts')
      .addColumn('minute', 'text', (column) => column.notNull())
      .addColumn('counter', 'text', (column) => column.notNull())
      .addColumn('count', 'integer', (column) => column.notNull())
      .addPrimaryKeyConstraint('request_counts_key', ['minute', 'counter'])
      .execute();
  },
};
