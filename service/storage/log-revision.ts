import { sql, type Kysely } from 'kysely';
import { engineOf } from './engine.ts';
import { LOG_NEWS, NEWS_CHANNEL } from './notices.ts';
import { prepared } from './prepared.ts';
import type { Database } from './schema.ts';

const holdRevision = prepared<object, { last: number }>((db) =>
  db.selectFrom('log_revision').select('last').where('id', '=', sql.lit(1)).forUpdate(),
);

/**
 * Whoever changes the log does it one after the other, also from several nodes: revisions become visible in their
 * order, and an event that another transaction is just adding is not overlooked. To be had before the first change.
 */
export async function lockLog(trx: Kysely<Database>): Promise<void> {
  if (engineOf(trx) === 'postgres') await holdRevision(trx, {});
}

const moveRevision = prepared<{ count: number }, { last: number }>((db, place) => {
  const moved = db
    .updateTable('log_revision')
    .set((log) => ({ last: log('last', '+', place('count')) }))
    .where('id', '=', sql.lit(1))
    .returning('last');
  if (engineOf(db) === 'sqlite') return moved;
  // Many of the same in one transaction are one notice (PostgreSQL: NOTIFY).
  const told = sql`pg_notify(${sql.lit(NEWS_CHANNEL)}, ${sql.lit(LOG_NEWS)})`.as('told');
  return db
    .with('moved', () => moved)
    .selectFrom('moved')
    .select(['last', told]);
});

/**
 * Revisions for so many changes, one after the other: the first of them. With the commit, the other nodes hear that the
 * log has changed.
 */
export async function takeRevisions(trx: Kysely<Database>, count: number): Promise<number> {
  const { rows } = await moveRevision(trx, { count });
  return rows[0]!.last - count + 1;
}

/** The newest revision. */
export async function lastRevision(db: Kysely<Database>): Promise<number> {
  const { last } = await db.selectFrom('log_revision').select('last').where('id', '=', 1).executeTakeFirstOrThrow();
  return last;
}
