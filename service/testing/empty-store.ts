import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, type Store } from '../storage/store.ts';
import { createPostgresDatabase } from './postgres.ts';

/** A store of its own, on the engine of this run (TEST_ENGINE); `remove` closes it and leaves nothing of it. */
export async function emptyStore(): Promise<{ store: Store; remove: () => Promise<void> }> {
  if (process.env['TEST_ENGINE'] === 'postgres') {
    const database = await createPostgresDatabase();
    const store = await openStore(database.url);
    return {
      store,
      async remove() {
        await store.close();
        await database.drop();
      },
    };
  }
  const directory = mkdtempSync(join(tmpdir(), 'almasar-'));
  const store = await openStore(`sqlite:${join(directory, 'calls.db')}`);
  return {
    store,
    async remove() {
      await store.close();
      rmSync(directory, { recursive: true });
    },
  };
}
