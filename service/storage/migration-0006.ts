import { sql, type Kysely, type Migration } from 'kysely';

/** How many recordings of a call were ever completed, how many of those are copied, and how many are still there. */
export const recordings: Migration = {
  async up(db: Kysely<unknown>) {
    for (const column of ['recordings_made', 'recordings_copied', 'recordings_kept']) {
      await db.schema
        .alterTable('calls')
        .addColumn(column, 'integer', (c) => c.notNull().defaultTo(0))
        .execute();
    }
    // Of the calls so far, one recording each at most.
    await sql`update calls set recordings_made = 1, recordings_kept = 1
              where record like ${'%"recordings":[{%"status":"completed"%'}`.execute(db);
    await db.schema
      .createIndex('calls_uncopied')
      .on('calls')
      .column('created_at')
      .where(sql.ref('recordings_made'), '>', sql.ref('recordings_copied'))
      .execute();
    await db.schema
      .createIndex('calls_with_recordings')
      .on('calls')
      .column('created_at')
      .where(sql.ref('recordings_kept'), '>', sql.lit(0))
      .execute();
  },
};
