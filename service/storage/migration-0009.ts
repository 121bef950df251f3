import { sql, type Kysely, type Migration } from 'kysely';

/** Calls that were open when the reconciler came are looked at, too. */
export const reconciliation: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`insert into deadlines (kind, key, detail, attempts, due_at)
              select 'reconcile', call_sid, '', 0, created_at from calls where outcome is null`.execute(db);
  },
};
