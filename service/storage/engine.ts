import { PostgresAdapter } from 'kysely';

export type Engine = 'sqlite' | 'postgres';

/** Which engine is behind this connection or transaction: for the few statements that each needs in its own way. */
export function engineOf(db: { getExecutor(): { adapter: object } }): Engine {
  return db.getExecutor().adapter instanceof PostgresAdapter ? 'postgres' : 'sqlite';
}
