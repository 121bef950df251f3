import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { csvField } from '../calls/call-csv.ts';
import { CSV_COLUMNS, CSV_WORDS } from '../calls/call-csv-words.ts';
import type { AuditPage } from '../admin-contract.ts';
import type { ErrorAnswer } from '../contract.ts';
import { listen } from '../server.ts';
import { openStore } from '../storage/store.ts';
import { crmToken, PARENT, startTestService, type TestService } from '../testing/test-service.ts';

const BOSS = { sub: 'boss', role: 'supervisor' };
const MANY = 3000;
let service: TestService;
const time = '2026-07-01T21:30:00.000Z';

/** Calls as the log keeps them, the newest first. */
async function keep(
  count: number,
  customer: { number: string; name: string | null },
  note: string | null,
  agent: string,
) {
  const store = await openStore(service.config.databaseUrl);
  await store.write(async (trx) => {
    for (let index = 0; index < count; index += 1) {
      const callId = randomUUID();
      const createdAt = new Date(Date.parse(time) - index * 1000).toISOString();
      const record = {
        callId,
        direction: 'outgoing',
        status: 'ended',
        outcome: 'answered',
        agent: { id: agent, name: 'منى' },
        customer,
        callerId: '+20224610000',
        createdAt,
        ringingAt: null,
        answeredAt: createdAt,
        endedAt: '2026-07-01T22:00:00.000Z',
        durationSeconds: 42,
        recordings: [],
        note,
        disposition: 'sale',
        callBack: { at: '2026-07-02T06:00:00.000Z', doneAt: null },
      };
      const [base, text] = [JSON.stringify({ callId }), JSON.stringify(record)];
      await trx
        .insertInto('calls')
        .values({ call_id: callId, call_sid: callId, agent_id: agent, created_at: createdAt, base, record: text })
        .execute();
      await trx.insertInto('call_agents').values({ agent_id: agent, created_at: createdAt, call_id: callId }).execute();
    }
  });
  await store.close();
}

before(async () => {
  service = await startTestService({ CORS_ORIGINS: 'https://crm.example.com' });
  await keep(
    1,
    { number: '+201001234500', name: '=HYPERLINK("http://evil.example","أحمد")' },
    'سطر\nو"اتنين", وفاصلة',
    'mona',
  );
  await keep(MANY, { number: '+201001234501', name: 'سارة' }, null, 'karim');
});
after(() => service.remove());

/** A reader of RFC 4180 of this test's own. */
function parse(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    rows.at(-1)!.push(quoted === undefined ? plain! : quoted.replaceAll('""', '"'));
    if (end === '\r\n') rows.push([]);
    if (end === '') break;
  }
  return rows.filter((row) => row.length > 1);
}
const cell = (row: string[], column: (typeof CSV_COLUMNS)[number]) => row[CSV_COLUMNS.indexOf(column)];

test('own calls, as a spreadsheet reads them: in the language and the time zone that are asked for', async () => {
  const answer = await service.asAgent('/api/calls.csv?lang=ar&tz=Africa/Cairo');
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get('content-type')!, /^text\/csv; charset=utf-8/);
  assert.match(answer.headers.get('content-disposition')!, /^attachment; filename="calls-\d{4}-\d\d-\d\d\.csv"$/);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  assert.deepEqual(bytes.slice(0, 3), Uint8Array.of(0xef, 0xbb, 0xbf));
  const [heading, row, ...more] = parse(new TextDecoder().decode(bytes));
  assert.deepEqual(heading, Object.values(CSV_WORDS.ar.columns));
  assert.deepEqual(more, []);
  assert.equal(cell(row!, 'number'), "'+201001234500");
  assert.equal(cell(row!, 'name'), `'=HYPERLINK("http://evil.example","أحمد")`);
  assert.equal(cell(row!, 'note'), 'سطر\nو"اتنين", وفاصلة');
  assert.equal(cell(row!, 'createdAt'), time);
  // Summer time: three hours.
  assert.equal(cell(row!, 'createdAtLocal'), '2026-07-02 00:30:00');
  assert.equal(cell(row!, 'outcome'), 'تم الرد');
  assert.equal(cell(row!, 'disposition'), 'تم البيع');
  assert.equal(cell(row!, 'callBackAtLocal'), '2026-07-02 09:00:00');
  assert.equal(cell(row!, 'callBackDoneAt'), '');
  assert.equal(cell(row!, 'seconds'), '42');
});

test('no field is a formula', () => {
  for (const text of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', ' =1', '＝1']) {
    assert.equal(csvField(text), `"'${text}"`);
  }
  assert.equal(csvField('منى'), 'منى');
  assert.equal(csvField('a=b'), 'a=b');
  assert.equal(csvField('a,"b"'), '"a,""b"""');
  assert.equal(csvField(null), '');
  assert.equal(csvField(-1), '-1');
});

test('a supervisor gets all that the filters leave, in order, across pages', async () => {
  const rows = async (query: string) => parse(await (await service.asAgent(`/api/calls.csv?${query}`, BOSS)).text());
  const all = await rows('');
  assert.equal(all.length, 1 + 1 + MANY);
  const times = all.slice(1).map((row) => cell(row, 'createdAt')!);
  assert.deepEqual(times, times.toSorted().toReversed());
  assert.equal(new Set(all.map((row) => row[0])).size, all.length);
  assert.equal((await rows('agent=mona')).length, 2);
  assert.equal((await rows('search=4500')).length, 1 + 0);
  assert.equal((await rows('outcome=busy')).length, 1);
  assert.equal((await rows(`from=${time}`)).length, 3);
});

test('who exported what is kept', async () => {
  const { entries } = (await (
    await service.asAgent('/api/calls/audit?action=calls-exported&agent=mona', { sub: 'root', role: 'admin' })
  ).json()) as AuditPage;
  assert.deepEqual(
    entries.map(({ after }) => after),
    [{ lang: 'ar', tz: 'Africa/Cairo' }],
  );
});

test('refused: an unknown time zone or language, nobody’s request', async () => {
  for (const [query, status, code] of [
    ['tz=Cairo/Africa', 422, 'time-zone-unknown'],
    ['lang=fr', 400, 'invalid-request'],
    ['from=yesterday', 400, 'invalid-request'],
  ] as const) {
    const answer = await service.asAgent(`/api/calls.csv?${query}`);
    assert.equal(answer.status, status);
    assert.equal(((await answer.json()) as ErrorAnswer).code, code);
  }
  const headers = { origin: 'https://crm.example.com' };
  const nobody = await service.app.request('/api/calls.csv', { headers });
  assert.equal(nobody.status, 401);
  assert.equal(nobody.headers.get('access-control-allow-origin'), headers.origin);
});

test('a reader that stops is read for no more; what is not taken is not read', async () => {
  const server = await listen(service.app, 0, '127.0.0.1');
  const authorization = `Bearer ${await crmToken({ sub: 'boss', role: 'supervisor' })}`;
  const away = new AbortController();
  const answer = await fetch(`http://127.0.0.1:${server.port}/api/calls.csv`, {
    headers: { authorization },
    signal: away.signal,
  });
  const reader = answer.body!.getReader();
  await reader.read();
  away.abort();
  await assert.rejects(reader.read());
  await delay(50);
  assert.equal((await service.asAgent('/api/calls?limit=1', BOSS)).status, 200);
  await server.close(100);
});

test('a call that was not put through has the reason in words, in both languages', async () => {
  const callId = randomUUID();
  const body = { callId, to: '01001234502' };
  assert.equal((await service.asAgent('/api/calls', { sub: 'nour', method: 'POST', body })).status, 201);
  const block = { method: 'PUT', role: 'admin', sub: 'root', body: { reason: 'left us' } };
  assert.equal((await service.asAgent('/api/calls/blocked-agents/nour', block)).status, 200);
  const fields = { CallSid: PARENT, From: 'client:nour', CallId: callId, Direction: 'inbound', To: '' };
  assert.equal((await service.asCarrier('/api/calls/twiml/outbound', fields)).status, 200);
  for (const lang of ['ar', 'en'] as const) {
    const [, row] = parse(await (await service.asAgent(`/api/calls.csv?lang=${lang}`, { sub: 'nour' })).text());
    const { outcomes, refusals } = CSV_WORDS[lang];
    assert.deepEqual([cell(row!, 'outcome'), cell(row!, 'refusal')], [outcomes.failed, refusals['agent-blocked']]);
  }
  const [, answered] = parse(await (await service.asAgent('/api/calls.csv')).text());
  assert.equal(cell(answered!, 'refusal'), '');
});
