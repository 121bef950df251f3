import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { sql, type Kysely } from 'kysely';
import type { CallPage, CallRecord } from '../contract.ts';
import { createService } from '../service.ts';
import { parseConfig } from '../config.ts';
import { crmToken, environment, PARENT, CHILD } from '../testing/test-service.ts';
import { openDatabase } from './database.ts';
import { migrations } from './migrations.ts';
import type { Database } from './schema.ts';

const BASE = {
  callId: '019a0000-0000-7000-8000-000000000000',
  direction: 'outgoing',
  agent: { id: 'mona', name: 'Mona' },
  customer: { number: '+201001234500', name: 'أحمد إبراهيم' },
  callerId: '+20224610000',
  createdAt: '2026-11-23T10:00:00.000Z',
};
/** As version 0.1 wrote it. */
const RECORD = {
  ...BASE,
  status: 'ended',
  outcome: 'busy',
  ringingAt: null,
  answeredAt: null,
  endedAt: '2026-11-23T10:00:05.000Z',
  durationSeconds: 0,
  recordings: [],
};
const EVENT = {
  kind: 'leg-status',
  callSid: CHILD,
  parentCallSid: PARENT,
  status: 'busy',
  sequenceNumber: 2,
  firedAt: '2026-11-23T10:00:05.000Z',
  callDuration: null,
  sipResponseCode: 486,
};

async function migrateTo(db: Kysely<Database>, names: string[]): Promise<void> {
  const all = await migrations.getMigrations();
  for (const name of names) {
    await all[name]!.up(db);
    await sql`insert into kysely_migration (name, timestamp) values (${name}, '2026-11-23')`.execute(db);
  }
}

/** A log as version 0.1 left it, with so many calls besides. */
async function logOfBefore(path: string, more: number): Promise<void> {
  const db = await openDatabase(path);
  const tables = await db.introspection.getTables();
  for (const { name } of tables) await db.schema.dropTable(name).ifExists().execute();
  await sql`delete from kysely_migration`.execute(db);
  await migrateTo(db, ['0001-call-log', '0002-call-revision']);
  const insert = (callId: string, callSid: string, record: object) =>
    sql`insert into calls (call_id, call_sid, agent_id, created_at, base, record, revision)
        values (${callId}, ${callSid}, 'mona', ${BASE.createdAt}, ${JSON.stringify({ ...BASE, callId })},
                ${JSON.stringify(record)}, 2)`.execute(db);
  await insert(BASE.callId, PARENT, RECORD);
  for (let index = 1; index <= more; index += 1) {
    const callId = BASE.callId.slice(0, -4) + String(index).padStart(4, '0');
    await insert(callId, `CA${String(index).padStart(32, '0')}`, { ...RECORD, callId });
  }
  await sql`insert into call_events (key, call_sid, event, received_at)
            values (${`leg|${CHILD}|2|busy`}, ${PARENT}, ${JSON.stringify(EVENT)}, ${EVENT.firedAt})`.execute(db);
  await db.destroy();
}

test('a log of version 0.1 is whole after the start: visible, searchable, and its events still make its record', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'almasar-migration-'));
  const path = join(directory, 'calls.db');
  await logOfBefore(path, 600);
  const service = await createService(parseConfig(environment({ DATABASE_URL: `sqlite:${path}` })));
  const headers = { authorization: `Bearer ${await crmToken()}`, 'content-type': 'application/json' };
  const ask = async (query: string) =>
    ((await (await service.app.request(`/api/calls?${query}`, { headers })).json()) as CallPage).calls;
  assert.equal((await ask('limit=100')).length, 100);
  for (const query of ['search=احمد ابراهيم', 'search=01001234500', 'outcome=busy', 'direction=outgoing']) {
    assert.equal((await ask(`limit=100&${query}`)).length, 100, query);
  }
  const one = async (init: RequestInit = {}) =>
    (await (await service.app.request(`/api/calls/${BASE.callId}`, { headers, ...init })).json()) as CallRecord;
  const kept = { ...RECORD, note: null, disposition: null };
  assert.deepEqual(await one(), kept);
  const patched = await one({ method: 'PATCH', body: JSON.stringify({ note: 'مهم' }) });
  assert.deepEqual(patched, { ...kept, note: 'مهم' });
  await service.close();
  rmSync(directory, { recursive: true });
});
