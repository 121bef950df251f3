import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { sql, type Kysely } from 'kysely';
import type { News } from '../calls/ports.ts';
import { createPostgresDatabase, type TestDatabase } from '../testing/postgres.ts';
import { createBlockList } from './block-list.ts';
import { createFeed } from './feed.ts';
import { lockLog } from './log-revision.ts';
import { createOutgoingStop } from './outgoing-stop.ts';
import { createPhones } from './phones.ts';
import { createRequestCounts } from './request-counts.ts';
import type { Database } from './schema.ts';
import { openStore, type Store } from './store.ts';

/** On PostgreSQL, where several nodes write at the same time. */
let database: TestDatabase;
let nodes: [Store, Store];
before(async () => {
  database = await createPostgresDatabase();
  nodes = [await openStore(database.url), await openStore(database.url)];
});
after(async () => {
  await Promise.all(nodes.map((node) => node.close()));
  await database.drop();
});

const NOW = new Date('2026-11-25T12:00:00Z');

/** Until some transaction waits for another. */
async function anyWaits(): Promise<void> {
  const asked = sql<{ waits: boolean }>`
    select count(*) > 0 as waits from pg_locks
    where not granted and pid in (select pid from pg_stat_activity where datname = current_database())`;
  while (!(await asked.execute(nodes[0].db)).rows[0]!.waits) await delay(5);
}

test('two nodes whose shared commits lock the log and a row, in whatever order, do not stop each other', async () => {
  await nodes[0].write((trx) => trx.insertInto('leases').values({ task: 'x', holder: '', until: '' }).execute());
  const lease = (trx: Kysely<Database>) =>
    trx.updateTable('leases').set({ until: '1' }).where('task', '=', 'x').execute();
  const runs: string[] = [];
  const [first, second] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const share = (
    node: Store,
    name: string,
    works: ((trx: Kysely<Database>) => Promise<unknown>)[],
    has: typeof first,
    other: typeof first,
  ) =>
    works.map((work, index) =>
      node.write(async (trx) => {
        runs.push(`${name}${index}`);
        await work(trx);
        has.resolve();
        // Both have what they lock first, or one of them waits for the other already.
        if (index === 0) await Promise.race([other.promise, anyWaits()]);
      }),
    );
  await Promise.all([
    ...share(nodes[0], 'a', [lease, lockLog], first, second),
    ...share(nodes[1], 'b', [lockLog, lease], second, first),
  ]);
  // A deadlock ends one of the two transactions, whose works are then done again.
  assert.deepEqual(runs.toSorted(), ['a0', 'a1', 'b0', 'b1']);
});

test('what is swept waits for nobody: a row that another node has is left to it', async () => {
  const [a, b] = nodes;
  const counts = createRequestCounts(a);
  const phones = createPhones(a, { ...createFeed(() => {}), announce: () => Promise.resolve() });
  const before = new Date(NOW.getTime() - 600_000);
  await counts.add('old', before);
  await counts.add('older', new Date(before.getTime() - 60_000));
  for (const id of ['mona', 'karim']) {
    const agent = { id, name: null, identity: id, role: 'agent' } as const;
    await phones.report(agent, { holder: randomUUID(), place: 'page', available: true, state: null }, before);
  }
  const left = async () =>
    [
      ...(await a.db.selectFrom('request_counts').select('counter as key').execute()),
      ...(await a.db.selectFrom('phones').select('agent_id as key').execute()),
    ].map(({ key }) => key);
  await b.write(async (trx) => {
    await trx.updateTable('request_counts').set({ count: 2 }).where('counter', '=', 'old').execute();
    await trx.updateTable('phones').set({ available: 0 }).where('agent_id', '=', 'mona').execute();
    await Promise.all([counts.sweep(NOW), phones.sweep(NOW)]);
    assert.deepEqual(await left(), ['old', 'mona']);
  });
  await Promise.all([counts.sweep(new Date(NOW.getTime() + 60_000)), phones.sweep(NOW)]);
  assert.deepEqual(await left(), []);
});

test('nobody is blocked and nothing stopped while another node puts a call through: it would be overlooked', async () => {
  const [a, b] = nodes;
  const by = { reason: 'x', blockedBy: { id: 'hoda', name: null }, blockedAt: NOW.toISOString() };
  const note = { agentId: 'hoda', role: 'admin', requestId: '', at: by.blockedAt, subject: '' } as const;
  for (const change of [
    () => createBlockList(a).block({ agentId: 'mona', ...by }, 'mona', { ...note, action: 'agent-blocked' }),
    () =>
      createOutgoingStop(a).stop(
        { reason: 'x', stoppedBy: by.blockedBy, stoppedAt: by.blockedAt },
        { ...note, action: 'outgoing-stopped' },
      ),
  ]) {
    let isDone = false;
    let changed: Promise<unknown> | undefined;
    await b.write(async (trx) => {
      await lockLog(trx);
      changed = change().then(() => (isDone = true));
      await Promise.race([anyWaits(), changed]);
      assert.equal(isDone, false);
    });
    await changed;
  }
});

test('a page that reports while a window does on another node leaves the window its place', async () => {
  const feed = createFeed(() => {});
  const report = (place: 'page' | 'window') => ({ holder: randomUUID(), place, available: true, state: null });
  for (const known of [false, true]) {
    const agent = { id: `agent-${known}`, name: null, identity: `agent_${known}`, role: 'agent' } as const;
    const told: News[] = [];
    feed.subscribe(`phone:${agent.id}`, (news) => told.push(news));
    const page = createPhones(nodes[0], { ...feed, announce: () => Promise.resolve() });
    if (known) await page.report(agent, report('page'), NOW);
    let reported: Promise<void> | undefined;
    const window = createPhones(nodes[1], {
      ...createFeed(() => {}),
      async announce() {
        // The window has its row by now, and nobody sees it yet.
        reported = page.report(agent, report('page'), NOW);
        await anyWaits();
      },
    });
    const opened = report('window');
    await window.report(agent, opened, NOW);
    await reported;
    assert.deepEqual(await page.windowOf(agent.id, NOW), opened);
    assert.deepEqual(told, [{ kind: 'phone', report: opened }]);
  }
});
