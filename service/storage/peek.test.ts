import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { createPostgresDatabase, type TestDatabase } from '../testing/postgres.ts';
import { createInstallation } from './installation.ts';
import { peekInstallation } from './peek.ts';
import { openStore } from './store.ts';

let directory: string;
let postgres: TestDatabase;
before(async () => {
  directory = mkdtempSync(join(tmpdir(), 'almasar-peek-'));
  postgres = await createPostgresDatabase();
});
after(async () => {
  await postgres.drop();
  rmSync(directory, { recursive: true });
});

for (const engine of ['sqlite', 'postgres'] as const) {
  describe(`a look at a database on ${engine}`, () => {
    const url = () => (engine === 'sqlite' ? `sqlite:${join(directory, 'made', 'calls.db')}` : postgres.url);

    test('that is empty makes nothing', async () => {
      assert.equal(await peekInstallation(url()), undefined);
      assert.equal(await peekInstallation(url()), undefined);
      if (engine === 'sqlite') assert.ok(!existsSync(join(directory, 'made')));
    });

    test('that is in use tells what the installation keeps', async () => {
      const store = await openStore(url());
      assert.equal((await peekInstallation(url()))?.size, 0);
      const installation = createInstallation(store);
      await installation.lease('a task', new Date(), 1000);
      assert.ok(await installation.setUnder('a task', 'twiml-app', 'AP1'));
      assert.deepEqual([...(await peekInstallation(url()))!], [['twiml-app', 'AP1']]);
      await store.close();
    });
  });
}

test('a server that is not there is an error', async () => {
  await assert.rejects(peekInstallation('postgres://a:b@127.0.0.1:1/none'), { code: 'ECONNREFUSED' });
});
