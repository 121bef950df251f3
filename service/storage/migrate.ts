import { Migrator, sql, type Kysely } from 'kysely';
import { engineOf } from './engine.ts';
import { migrations } from './migrations.ts';
import type { Database } from './schema.ts';

/** PostgreSQL's advisory locks are numbers: this one is of those who see to the order of texts. */
const TEXT_ORDER_LOCK = 7_205_411_623;

/**
 * Texts are compared byte by byte, as in SQLite, whatever the database's language: times, cursors and the ends of
 * numbers are looked up in that order.
 */
async function orderTextByBytes(db: Kysely<Database>): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(${sql.lit(TEXT_ORDER_LOCK)})`.execute(trx);
    const { rows } = await sql<{ table_name: string; column_name: string }>`
      select table_name, column_name from information_schema.columns
      where table_schema = current_schema() and data_type = 'text' and collation_name is distinct from 'C'
      order by table_name, ordinal_position`.execute(trx);
    for (const { table_name: table, column_name: column } of rows) {
      await sql`alter table ${sql.table(table)} alter column ${sql.ref(column)} type text collate "C"`.execute(trx);
    }
  });
}

/**
 * Brings a database up to this version and returns it; closes it and throws when that fails. Under a lock of the
 * engine: of several nodes that start together, one migrates and the others wait.
 */
export async function migrate(db: Kysely<Database>): Promise<Kysely<Database>> {
  try {
    const { error } = await new Migrator({
      db,
      provider: migrations,
      allowUnorderedMigrations: true,
    }).migrateToLatest();
    if (error) throw error;
    if (engineOf(db) === 'postgres') await orderTextByBytes(db);
    return db;
  } catch (error) {
    await db.destroy();
    throw error;
  }
}
