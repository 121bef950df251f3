import type { Kysely } from 'kysely';
import type { Deadlines } from '../calls/ports.ts';
import type { Database } from './schema.ts';

/** What waits for its time, in the database: whichever node looks first takes it. */
export function createDeadlines(db: Kysely<Database>): Deadlines {
  return {
    async set(kind, { key, detail, attempts }, at) {
      const row = { detail, attempts, due_at: at.toISOString() };
      await db
        .insertInto('deadlines')
        .values({ kind, key, ...row })
        .onConflict((conflict) => conflict.columns(['kind', 'key']).doUpdateSet(row))
        .execute();
    },

    async drop(kind, key) {
      await db.deleteFrom('deadlines').where('kind', '=', kind).where('key', '=', key).execute();
    },

    async hasten(kind, key, at) {
      const { numUpdatedRows } = await db
        .updateTable('deadlines')
        .set({ due_at: at.toISOString() })
        .where('kind', '=', kind)
        .where('key', '=', key)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    take(kind, now) {
      return db
        .deleteFrom('deadlines')
        .where('kind', '=', kind)
        .where('due_at', '<=', now.toISOString())
        .returning(['key', 'detail', 'attempts'])
        .execute();
    },
  };
}
