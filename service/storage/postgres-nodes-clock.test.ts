import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { callIn } from '../testing/inbound-call.ts';
import { askToCall, dials, mobile, newSid, twimlOf } from '../testing/outgoing-calls.ts';
import { reportPhone } from '../testing/phones.ts';
import { createPostgresDatabase, type TestDatabase } from '../testing/postgres.ts';
import { startTestService, type TestService } from '../testing/test-service.ts';
import { createNodesClock } from './nodes-clock.ts';
import { openStore, type Store } from './store.ts';

/** On PostgreSQL, which nodes of several machines share. */
let database: TestDatabase;
let store: Store;
before(async () => {
  database = await createPostgresDatabase();
  store = await openStore(database.url);
});
after(async () => {
  await store.close();
  await database.drop();
});

const machineOff = (ms: number) => () => new Date(Date.now() + ms);

let nodes: TestService[] = [];
afterEach(async () => {
  await Promise.all(nodes.map((node) => node.remove()));
  nodes = [];
});

for (const minutes of [2, -2]) {
  test(`a node of a machine ${minutes} min off is one with the others`, async () => {
    const start = (ms: number) =>
      startTestService({ DATABASE_URL: database.url }, { machineClock: machineOff(ms), backgroundEveryMs: 20 });
    nodes = [await start(0), await start(minutes * 60_000)];
    const [right, off] = nodes as [TestService, TestService];
    for (const [asked, answers] of [nodes, nodes.toReversed()] as [TestService, TestService][]) {
      const { callId, status } = await askToCall(asked, mobile(1));
      assert.equal(status, 201);
      assert.ok(dials(await twimlOf(answers, callId)), 'the intent is neither over nor from the future');
    }
    await reportPhone(right, { sub: 'mona' });
    await reportPhone(off, { sub: 'karim' });
    for (const node of nodes) {
      const twiml = await callIn(node, newSid());
      for (const agent of ['mona', 'karim']) assert.match(twiml, new RegExp(`<Identity>${agent}</Identity>`));
    }
  });
}

test('a clock that is set while the service runs is followed, and one that is right again is left alone', async () => {
  const reports: string[] = [];
  let ahead = 0;
  const { clock, compare } = createNodesClock(
    () => new Date(Date.now() + ahead),
    (what) => reports.push(what),
  );
  const off = () => Math.abs(clock().getTime() - Date.now());
  for (const ms of [0, 400, 120_000, 120_000, -86_400_000, 0]) {
    ahead = ms;
    await compare(store);
    assert.ok(off() < 1000, `${ms}: ${off()}`);
  }
  assert.deepEqual(
    reports.map((report) => /(\d+) s (ahead|behind)/.exec(report)?.slice(1)),
    [['120', 'ahead'], ['86400', 'behind'], undefined],
  );
});
