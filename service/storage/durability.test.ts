import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { killDuringPosts } from '../testing/kill-during-posts.ts';

test('kill -9 in the middle of 500 signed webhooks: nothing that was acknowledged is lost', async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'almasar-durability-'));
  t.after(() => rmSync(directory, { recursive: true }));
  const { acknowledged, lost, missing } = await killDuringPosts({ directory, posts: 500, killAfter: 250 });
  // It was in the middle: some had been answered, and some had not.
  assert.ok(acknowledged >= 250 && acknowledged < 500, `${acknowledged} acknowledged`);
  assert.deepEqual(lost, []);
  assert.deepEqual(missing, []);
});
