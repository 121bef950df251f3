import { Migrator, type Kysely } from 'kysely';
import { migrations } from './migrations.ts';
import type { Database } from './schema.ts';

/**
 * Brings a database up to this version; the names of what was done. Throws where that fails. Under a lock of the engine:
 * of several programs that start together, one migrates and the others wait.
 */
export async function migrate(db: Kysely<Database>): Promise<string[]> {
  const { error, results = [] } = await new Migrator({
    db,
    provider: migrations,
    allowUnorderedMigrations: true,
  }).migrateToLatest();
  if (error) throw error;
  return results.map(({ migrationName }) => migrationName);
}
