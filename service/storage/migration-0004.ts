import type { Kysely, Migration } from 'kysely';
import { engineOf } from './engine.ts';

/** The tables as this migration sees them. */
interface Then {
  calls: { revision: number; ended_revision: number | null; outcome: string | null };
  log_revision: { id: number; last: number };
}

/** A counter for the revisions of the log, and the revision at which a call was over. */
export const logRevision: Migration = {
  async up(db: Kysely<Then>) {
    const number = engineOf(db) === 'postgres' ? 'bigint' : 'integer';
    await db.schema
      .createTable('log_revision')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('last', number, (column) => column.notNull())
      .execute();
    await db.schema.alterTable('calls').addColumn('ended_revision', number).execute();
    await db
      .updateTable('calls')
      .set((calls) => ({ ended_revision: calls.ref('revision') }))
      .where('outcome', 'is not', null)
      .execute();
    const { last } = await db
      .selectFrom('calls')
      .select((calls) => calls.fn.max('revision').as('last'))
      .executeTakeFirstOrThrow();
    await db
      .insertInto('log_revision')
      .values({ id: 1, last: last ?? 0 })
      .execute();
  },
};
