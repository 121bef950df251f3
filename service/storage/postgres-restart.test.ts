import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import type { CallPage, CallRecord } from '../contract.ts';
import { createLogger } from '../logger.ts';
import { secretsOf } from '../secrets.ts';
import { hearEvents } from '../testing/heard-events.ts';
import { reportPhone } from '../testing/phones.ts';
import { createPostgresDatabase, startPostgres, type PostgresServer } from '../testing/postgres.ts';
import { CHILD, PARENT, placeCall, startTestService, type TestService } from '../testing/test-service.ts';
import { openStore } from './store.ts';

let postgres: PostgresServer;
let service: TestService;
let log = '';
before(async () => {
  postgres = await startPostgres();
  const { url } = await createPostgresDatabase(postgres.url);
  const logger = createLogger('info', { destination: { write: (line: string) => (log += line) } });
  service = await startTestService({ DATABASE_URL: url }, { logger });
});
after(async () => {
  await service.remove();
  postgres.remove();
});

const ringing = (sequence: number) =>
  service.asCarrier('/api/calls/webhook/status', {
    CallSid: CHILD,
    ParentCallSid: PARENT,
    CallStatus: 'ringing',
    SequenceNumber: String(sequence),
  });

/** Asks until it is served again; how long it may take at most is the test's time limit. */
async function served(): Promise<void> {
  while ((await service.asAgent('/api/calls')).status !== 200) await delay(50);
}

let number = 0;
for (const mode of ['fast', 'immediate'] as const) {
  test(`PostgreSQL goes away (${mode}) under load and comes back: 503 meanwhile, nothing acknowledged is lost`, async () => {
    const parent = mode === 'fast' ? PARENT : `CA${'e'.repeat(32)}`;
    await placeCall(service, parent);
    const over = new AbortController();
    const kept: string[] = [];
    const statuses = new Set<number>();
    const bodies = new Set<string>();
    const sendAgainAndAgain = async () => {
      while (!over.signal.aborted) {
        number += 1;
        const child = `CA${number.toString(16).padStart(32, '0')}`;
        const answer = await service.asCarrier('/api/calls/webhook/status', {
          CallSid: child,
          ParentCallSid: parent,
          CallStatus: 'ringing',
          SequenceNumber: '1',
        });
        statuses.add(answer.status);
        if (answer.status === 204) kept.push(child);
        else {
          const { code, message } = (await answer.json()) as { code: string; message: string };
          bodies.add(`${code}: ${message}`);
          await delay(5);
        }
      }
    };
    const senders = Array.from({ length: 8 }, sendAgainAndAgain);
    while (kept.length < 50) await delay(10);
    await postgres.stop(mode);
    const before = kept.length;
    while (!statuses.has(503)) await delay(10);
    const refused = await service.asAgent('/api/calls');
    assert.equal(refused.status, 503);
    assert.equal(((await refused.json()) as { code: string }).code, 'service-busy');
    await postgres.start();
    while (kept.length < before + 50) await delay(10);
    over.abort();
    await Promise.all(senders);
    await served();

    assert.deepEqual(statuses, new Set([204, 503]));
    for (const body of bodies) assert.match(body, /^service-busy: [^\n]+$/);
    const store = await openStore(service.config.databaseUrl);
    const rows = await store.db.selectFrom('call_events').select('event').where('call_sid', '=', parent).execute();
    await store.close();
    const found = new Set(rows.map(({ event }) => (JSON.parse(event) as { callSid: string }).callSid));
    assert.deepEqual(
      kept.filter((child) => !found.has(child)),
      [],
    );
  });
}

test('a stream that stayed open through a restart hears what comes after, and the phone as it is', async () => {
  const { callId } = await placeCall(service, `CA${'f'.repeat(32)}`);
  const stream = await hearEvents(service);
  await postgres.stop('immediate');
  await postgres.start();
  await served();
  const patch = { method: 'PATCH', body: { note: 'بعد الرجوع' } };
  assert.equal((await service.asAgent(`/api/calls/${callId}`, patch)).status, 200);
  await stream.until('بعد الرجوع');
  await stream.stop();
});

test('a command for a phone window that cannot be told is refused, and not told later', async () => {
  const holder = await reportPhone(service, {}, { place: 'window', state: {} });
  const stream = await hearEvents(service);
  const readOnly = async (on: boolean) => {
    const store = await openStore(service.config.databaseUrl);
    await store.write(async (trx) => {
      const name = sql.id(new URL(service.config.databaseUrl).pathname.slice(1));
      await sql`set transaction read write`.execute(trx);
      await sql`alter database ${name} set default_transaction_read_only = ${sql.lit(on)}`.execute(trx);
    });
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
              where datname = current_database() and pid <> pg_backend_pid()`.execute(store.db);
    await store.close();
    await served();
  };
  const ask = (id: string) => {
    const body = { holder, id, method: 'hangUp', args: [] };
    return service.asAgent('/api/calls/phone/commands', { method: 'POST', body });
  };
  const [lost, told] = [randomUUID(), randomUUID()];
  await readOnly(true);
  const refused = await ask(lost);
  assert.equal(refused.status, 503);
  assert.equal(((await refused.json()) as { code: string }).code, 'service-busy');
  await readOnly(false);
  while ((await ask(told)).status !== 202) await delay(50);
  await stream.until(told);
  assert.ok(!JSON.stringify(stream.messages()).includes(lost));
  await stream.stop();
});

test('a transaction that is cut off in the middle is undone, and the connection replaced', async () => {
  const store = await openStore(service.config.databaseUrl);
  const cut = store.write(async (trx) => {
    await trx.insertInto('agents').values({ agent_id: 'half', name: null }).execute();
    await postgres.stop('immediate');
    await trx.insertInto('agents').values({ agent_id: 'other half', name: null }).execute();
  });
  await assert.rejects(cut);
  await postgres.start();
  const names = await store.db.selectFrom('agents').select('agent_id').where('agent_id', 'like', '%half').execute();
  assert.deepEqual(names, []);
  await store.close();
});

test('the password is in no line of the log, whatever happened', () => {
  const [, ...rest] = secretsOf(service.config);
  const password = new URL(service.config.databaseUrl).password;
  assert.ok(rest.includes(password));
  assert.match(log, /connection/);
  assert.ok(!log.includes(password));
});

test('while it is away a service does not start, and says why without the password', async () => {
  await postgres.stop();
  const password = randomUUID();
  const url = new URL(service.config.databaseUrl);
  url.password = password;
  await assert.rejects(startTestService({ DATABASE_URL: url.href }), (error: Error) => {
    assert.match(error.message, /DATABASE_URL names PostgreSQL, .*cannot be opened/);
    assert.ok(!error.message.includes(password));
    return true;
  });
  await postgres.start();
  await served();
  await assert.rejects(startTestService({ DATABASE_URL: url.href }), /password authentication failed/);
});

test('the log is whole at the end', async () => {
  const page = (await (await service.asAgent('/api/calls')).json()) as CallPage;
  const records = page.calls.map(({ callId }) => callId);
  assert.equal(new Set(records).size, 3);
  for (const callId of records) {
    const one = (await (await service.asAgent(`/api/calls/${callId}`)).json()) as CallRecord;
    assert.equal(one.callId, callId);
  }
  assert.equal((await ringing(1)).status, 204);
});
