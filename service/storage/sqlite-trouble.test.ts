import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test, type TestContext } from 'node:test';
import { promisify } from 'node:util';
import { PARENT, placeCall, startTestService, type TestService } from '../testing/test-service.ts';

/** A service, and the very connection it has to its file: trouble is made there as a disk would make it. */
async function serviceAndConnection(t: TestContext): Promise<{ service: TestService; native: DatabaseSync }> {
  const connections: DatabaseSync[] = [];
  // oxlint-disable-next-line typescript/unbound-method -- called with its own `this` below
  const { exec } = DatabaseSync.prototype;
  const spy = t.mock.method(DatabaseSync.prototype, 'exec', function (this: DatabaseSync, text: string) {
    connections.push(this);
    exec.call(this, text);
  });
  const service = await startTestService();
  spy.mock.restore();
  t.after(() => service.remove());
  return { service, native: connections[0]! };
}

let number = 0;
async function send(service: TestService): Promise<{ child: string; answer: Response }> {
  number += 1;
  const child = `CA${number.toString(16).padStart(32, '0')}`;
  const fields = { CallSid: child, ParentCallSid: PARENT, CallStatus: 'ringing', SequenceNumber: '1' };
  return { child, answer: await service.asCarrier('/api/calls/webhook/status', fields) };
}

const TROUBLE = [
  {
    name: 'a full disk',
    begin: (native: DatabaseSync) => native.exec('PRAGMA max_page_count=1'),
    end: (native: DatabaseSync) => native.exec('PRAGMA max_page_count=1000000'),
  },
  {
    name: 'a file that cannot be written',
    begin: (native: DatabaseSync) => native.exec('PRAGMA query_only=ON'),
    end: (native: DatabaseSync) => native.exec('PRAGMA query_only=OFF'),
  },
];

for (const { name, begin, end } of TROUBLE) {
  test(`${name} is answered 503, loses nothing that was acknowledged, and needs no restart`, async (t) => {
    const { service, native } = await serviceAndConnection(t);
    await placeCall(service);
    const kept: string[] = [];
    const sendUntil = async (status: number) => {
      // Pages that are begun still have room: it takes some events to fill them.
      for (let tries = 0; tries < 500; tries += 1) {
        const { child, answer } = await send(service);
        if (answer.status === 204) kept.push(child);
        if (answer.status === status) return answer;
        assert.ok([204, 503].includes(answer.status), String(answer.status));
      }
      throw new Error(`never ${status}`);
    };
    begin(native);
    const refused = (await (await sendUntil(503)).json()) as { code: string; message: string };
    assert.equal(refused.code, 'service-busy');
    assert.equal((await service.asAgent('/api/calls')).status, 200);
    end(native);
    await sendUntil(204);
    const found = native
      .prepare('select event from call_events')
      .all()
      .map(({ event }) => (JSON.parse(event as string) as { callSid: string }).callSid);
    assert.deepEqual(
      kept.filter((child) => !found.includes(child)),
      [],
    );
  });
}

test('a file that another process keeps locked is answered 503, and taken again afterwards', async (t) => {
  const { service, native } = await serviceAndConnection(t);
  await placeCall(service);
  native.exec('PRAGMA busy_timeout=20');
  const other = new DatabaseSync(service.config.databaseUrl.slice('sqlite:'.length));
  other.exec('begin immediate');
  assert.equal((await send(service)).answer.status, 503);
  other.exec('commit');
  other.close();
  assert.equal((await send(service)).answer.status, 204);
});

test('several processes that start together on no file yet: all of them run, one has migrated', async (t) => {
  const service = await startTestService();
  t.after(() => service.remove());
  const url = `sqlite:${join(service.directory, 'together.db')}`;
  const script = `
    const { openStore } = await import(${JSON.stringify(new URL('store.ts', import.meta.url).href)});
    const store = await openStore(${JSON.stringify(url)});
    const rows = await store.db.selectFrom('log_revision').selectAll().execute();
    await store.close();
    console.log(JSON.stringify(rows));`;
  const open = () => promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
  const outputs = await Promise.all(Array.from({ length: 4 }, open));
  assert.deepEqual(
    outputs.map(({ stdout }) => stdout.trim()),
    Array.from({ length: 4 }, () => '[{"id":1,"last":0}]'),
  );
});
