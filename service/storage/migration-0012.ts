import { sql, type Kysely, type Migration } from 'kysely';

/** Calls in progress are counted without reading those that are over. */
export const openCalls: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createIndex('calls_open')
      .on('calls')
      .column('call_id')
      .where(sql.ref('outcome'), 'is', null)
      .execute();
  },
};
