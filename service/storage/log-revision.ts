import { sql, type Kysely } from 'kysely';
import { engineOf } from './engine.ts';
import { LOG_NEWS, NEWS_CHANNEL } from './notices.ts';
import type { Database } from './schema.ts';

/**
 * Whoever changes the log does it one after the other, also from several nodes: revisions become visible in their
 * order, and an event that another transaction is just adding is not overlooked. To be had before the first change.
 */
export async function lockLog(trx: Kysely<Database>): Promise<void> {
  if (engineOf(trx) === 'sqlite') return;
  await trx.selectFrom('log_revision').select('last').where('id', '=', 1).forUpdate().execute();
}

/**
 * Revisions for so many changes, one after the other: the first of them. With the commit, the other nodes hear that the
 * log has changed.
 */
export async function takeRevisions(trx: Kysely<Database>, count: number): Promise<number> {
  if (engineOf(trx) === 'sqlite') {
    const { last } = await trx
      .updateTable('log_revision')
      .set((log) => ({ last: log('last', '+', count) }))
      .where('id', '=', 1)
      .returning('last')
      .executeTakeFirstOrThrow();
    return last - count + 1;
  }
  // Many of the same in one transaction are one notice (PostgreSQL: NOTIFY).
  const { rows } = await sql<{ last: number }>`
    with moved as (update log_revision set last = last + ${sql.lit(count)} where id = 1 returning last)
    select last, pg_notify(${NEWS_CHANNEL}, ${LOG_NEWS}) from moved`.execute(trx);
  return rows[0]!.last - count + 1;
}

/** The newest revision. */
export async function lastRevision(db: Kysely<Database>): Promise<number> {
  const { last } = await db.selectFrom('log_revision').select('last').where('id', '=', 1).executeTakeFirstOrThrow();
  return last;
}
