import type { Deadlines, Due } from '../calls/ports.ts';
import type { Store } from './store.ts';

/** What waits for its time, in the database: whichever node looks first takes it. */
export function createDeadlines({ engine, write }: Store): Deadlines {
  const said = ({ detail, attempts }: Due, at: Date) => ({ detail, attempts, due_at: at.toISOString() });

  return {
    async set(kind, due, at) {
      const row = said(due, at);
      await write((trx) =>
        trx
          .insertInto('deadlines')
          .values({ kind, key: due.key, ...row })
          .onConflict((conflict) => conflict.columns(['kind', 'key']).doUpdateSet(row))
          .execute(),
      );
    },

    async add(kind, due, at) {
      await write((trx) =>
        trx
          .insertInto('deadlines')
          .values({ kind, key: due.key, ...said(due, at) })
          .onConflict((conflict) => conflict.columns(['kind', 'key']).doNothing())
          .execute(),
      );
    },

    async postpone(kind, due, at, claimedUntil) {
      await write((trx) =>
        trx
          .updateTable('deadlines')
          .set(said(due, at))
          .where('kind', '=', kind)
          .where('key', '=', due.key)
          .where('due_at', '=', claimedUntil.toISOString())
          .execute(),
      );
    },

    async drop(kind, key, claimedUntil) {
      await write((trx) =>
        trx
          .deleteFrom('deadlines')
          .where('kind', '=', kind)
          .where('key', '=', key)
          .$if(claimedUntil !== undefined, (due) => due.where('due_at', '=', claimedUntil!.toISOString()))
          .execute(),
      );
    },

    async hasten(kind, key, at) {
      const { numUpdatedRows } = await write((trx) =>
        trx
          .updateTable('deadlines')
          .set({ due_at: at.toISOString() })
          .where('kind', '=', kind)
          .where('key', '=', key)
          .executeTakeFirst(),
      );
      return numUpdatedRows > 0n;
    },

    claim(kind, now, until, limit) {
      return write((trx) =>
        trx
          // Chosen once, before any row is changed: within the condition, PostgreSQL may choose anew for each row, and
          // claim more than were asked for.
          .with('chosen', (db) =>
            db
              .selectFrom('deadlines')
              .select('key')
              .where('kind', '=', kind)
              .where('due_at', '<=', now.toISOString())
              .orderBy('due_at')
              .limit(limit)
              // What another node is claiming is that node's.
              .$if(engine === 'postgres', (due) => due.forUpdate().skipLocked()),
          )
          .updateTable('deadlines')
          .set({ due_at: until.toISOString() })
          .where('kind', '=', kind)
          .where('key', 'in', (due) => due.selectFrom('chosen').select('key'))
          // Once more, for the row as it is by then.
          .where('due_at', '<=', now.toISOString())
          .returning(['key', 'detail', 'attempts'])
          .execute(),
      );
    },
  };
}
