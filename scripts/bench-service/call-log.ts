/**
 * The call log of 1,000,000 calls: how long a page takes. `node scripts/bench-service/call-log.ts [DATABASE_URL] [calls]`
 * on an empty database; without an address, on a SQLite file of its own.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { reversedDigits } from '../../service/calls/call-search.ts';
import { foldName } from '../../service/calls/folded-name.ts';
import type { LogReader } from '../../service/calls/ports.ts';
import { uuidV7 } from '../../service/calls/uuid-v7.ts';
import { callQuery, type CallRecord } from '../../service/contract.ts';
import { callPage } from '../../service/storage/call-page.ts';
import { openStore, type Store } from '../../service/storage/store.ts';

export interface CallLogFigure {
  query: string;
  p50Ms: number;
  p99Ms: number;
  /** Of each question's quickest answer of three: what else the machine does stays out of it. */
  bestP99Ms: number;
  /** Of a bare `select 1`, just before: what a statement's way there and back costs at that time. */
  bareP99Ms: number;
  /** The question that took longest, and how many calls its search finds in all. */
  slowest: string;
}

const QUERIES = 400;
const WARM_UP = 20;
const REPEATS = 3;
const AGENTS = 100;
const BEGIN = Date.parse('2026-01-01T00:00:00Z');
const SPAN_MS = 300 * 86_400_000;
const ROWS_A_STATEMENT = 500;
const ROWS_A_COMMIT = 10_000;
const LETTERS = [...'ابتجحدرسصعفقكلمنهوي'];

/** Mulberry32: the same log and the same questions at every run. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const random = randomFrom(42);
const below = (end: number) => Math.floor(random() * end);
const one = <T>(of: readonly T[]) => of[below(of.length)]!;
const word = (letters: number) => Array.from({ length: letters }, () => one(LETTERS)).join('');
const FIRST_NAMES = Array.from({ length: 300 }, () => word(4 + below(3)));
const LAST_NAMES = Array.from({ length: 3000 }, () => word(4 + below(5)));
const nameOf = () => `${one(FIRST_NAMES)} ${one(LAST_NAMES)}`;
const sidOf = (index: number) => `CA${index.toString(16).padStart(32, '0')}`;
const iso = (time: number) => new Date(time).toISOString();

function syntheticCall(time: number): CallRecord {
  const answered = random() < 0.6;
  return {
    callId: uuidV7(
      time,
      Uint8Array.from({ length: 10 }, () => below(256)),
    ),
    direction: random() < 0.3 ? 'incoming' : 'outgoing',
    status: 'ended',
    outcome: answered ? 'answered' : one(['busy', 'no-answer', 'declined', 'missed'] as const),
    agent: { id: `agent-${below(AGENTS)}`, name: nameOf() },
    customer: { number: `+2010${String(below(100_000_000)).padStart(8, '0')}`, name: nameOf() },
    callerId: '+20224610000',
    createdAt: iso(time),
    ringingAt: iso(time + 2000),
    answeredAt: answered ? iso(time + 8000) : null,
    endedAt: iso(time + 60_000),
    durationSeconds: answered ? 52 : 0,
    recordings: answered
      ? [{ recordingSid: `RE${sidOf(time).slice(2)}`, status: 'completed', durationSeconds: 52, channels: 2 }]
      : [],
    note: null,
    disposition: null,
  };
}

/** Fills an empty database with so many calls of 300 days. */
export async function seedCalls({ db, write, engine }: Store, calls: number): Promise<void> {
  const step = SPAN_MS / calls;
  for (let written = 0; written < calls; written += ROWS_A_COMMIT) {
    await write(async (trx) => {
      const end = Math.min(calls, written + ROWS_A_COMMIT);
      for (let begun = written; begun < end; begun += ROWS_A_STATEMENT) {
        const count = Math.min(ROWS_A_STATEMENT, end - begun);
        const records = Array.from({ length: count }, (_, at) =>
          syntheticCall(BEGIN + Math.floor((begun + at) * step)),
        );
        const rows = records.map((record, at) => ({
          call_id: record.callId,
          call_sid: sidOf(begun + at),
          agent_id: record.agent.id,
          created_at: record.createdAt,
          base: JSON.stringify({ ...record, recordings: undefined }),
          record: JSON.stringify(record),
          revision: begun + at + 1,
          ended_revision: begun + at + 1,
          direction: record.direction,
          outcome: record.outcome,
          number_reversed: reversedDigits(record.customer.number),
          name_folded: foldName(record.customer.name ?? ''),
        }));
        await trx.insertInto('calls').values(rows).execute();
        const owners = rows.map(({ agent_id, created_at, call_id, name_folded }) => ({
          agent_id,
          created_at,
          call_id,
          name: name_folded,
        }));
        await trx.insertInto('call_agents').values(owners).execute();
      }
    });
  }
  if (engine === 'postgres') {
    for (const table of ['calls', 'call_agents', 'call_names'])
      await sql`vacuum analyze ${sql.table(table)}`.execute(db);
  }
}

const any = () => BEGIN + below(SPAN_MS);
const DAY_MS = 86_400_000;
const agent = () => `agent-${below(AGENTS)}`;
const cursor = () => Buffer.from(`${iso(any())}|ffffffff-ffff-4fff-bfff-ffffffffffff`).toString('base64url');
const digits = (count: number) => String(below(10 ** count)).padStart(count, '0');
const between = (days: number) => {
  const from = any();
  return { from: iso(from), to: iso(from + days * DAY_MS) };
};

/** What a log is asked: the question in words, its query, and who asks where it is not a supervisor. */
export const LOG_QUESTIONS: [string, () => Record<string, string>, (() => Exclude<LogReader, 'everybody'>)?][] = [
  ['newest page of 50', () => ({})],
  ['keyset page at a random place', () => ({ cursor: cursor() })],
  ['an agent, one day', () => ({ agent: agent(), ...between(1) })],
  ['an agent, 30 days', () => ({ agent: agent(), ...between(30) })],
  ['number, last 7 digits', () => ({ search: digits(7) })],
  ['number, last 4 digits', () => ({ search: digits(4) })],
  ['number, last 3 digits', () => ({ search: digits(3) })],
  ['name, 3 letters', () => ({ search: one(FIRST_NAMES).slice(0, 3) })],
  ['name, a first name', () => ({ search: one(FIRST_NAMES) })],
  ['name, a last name', () => ({ search: one(LAST_NAMES) })],
  ['name, a full name', () => ({ search: nameOf() })],
  ['name, 2 letters', () => ({ search: one(FIRST_NAMES).slice(0, 2) })],
  ['own calls: newest page', () => ({}), () => ({ agentId: agent() })],
  ['own calls: last 4 digits', () => ({ search: digits(4) }), () => ({ agentId: agent() })],
  ['own calls: a first name', () => ({ search: one(FIRST_NAMES) }), () => ({ agentId: agent() })],
  ['own calls: a full name', () => ({ search: nameOf() }), () => ({ agentId: agent() })],
  ['missed calls', () => ({ outcome: 'missed' })],
  ['voicemail, of which there is none', () => ({ outcome: 'voicemail' })],
];

const at = (values: number[], part: number) => values.sort((a, b) => a - b)[Math.floor(values.length * part)]!;

/** How long each takes, in milliseconds: the first of three times, and the best. */
async function timed(work: () => Promise<unknown>): Promise<[first: number, best: number]> {
  const times: number[] = [];
  for (let time = 0; time < REPEATS; time += 1) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return [times[0]!, Math.min(...times)];
}

async function bareP99Ms({ db }: Store): Promise<number> {
  const best: number[] = [];
  for (let index = 0; index < QUERIES; index += 1) best.push((await timed(() => sql`select 1`.execute(db)))[1]);
  return at(best, 0.99);
}

/** A question in words, with how many calls its search finds in all. */
async function inWords({ db }: Store, { search, ...others }: Record<string, string>): Promise<string> {
  const words = Object.entries(others).map(([name, value]) => `${name} ${value}`);
  if (search === undefined) return words.join(', ');
  const byNumber = /^\d+$/.test(search);
  const { found } = await db
    .selectFrom('calls')
    .select(({ fn }) => fn.countAll<number>().as('found'))
    .where(
      byNumber ? 'number_reversed' : 'name_folded',
      'like',
      byNumber ? `${reversedDigits(search)}%` : `%${search}%`,
    )
    .executeTakeFirstOrThrow();
  return [...words, `"${search}", which ${found} calls have`].join(', ');
}

/** Fills the database where it is empty, asks, and closes it. `report` gets each line as it is known. */
export async function benchCallLog(
  databaseUrl: string,
  { calls = 1_000_000, report = () => {} }: { calls?: number; report?: (line: string) => void } = {},
): Promise<CallLogFigure[]> {
  const store = await openStore(databaseUrl);
  const begin = performance.now();
  const [kept] = await store.db.selectFrom('calls').select('call_id').limit(1).execute();
  if (!kept) await seedCalls(store, calls);
  report(`${store.engine}: ${calls} calls in ${((performance.now() - begin) / 1000).toFixed(1)} s`);
  const figures: CallLogFigure[] = [];
  for (const [query, ask, reader] of LOG_QUESTIONS) {
    const bare = await bareP99Ms(store);
    const taken: number[] = [];
    const best: number[] = [];
    let slowest = {};
    for (let index = -WARM_UP; index < QUERIES; index += 1) {
      const question = ask();
      const asked = callQuery.parse(question);
      const as = reader?.() ?? 'everybody';
      const [first, quickest] = await timed(() => callPage(store.db, as, asked, new Date()));
      if (index < 0) continue;
      if (quickest > Math.max(0, ...best)) slowest = question;
      taken.push(first);
      best.push(quickest);
    }
    const figure = {
      query,
      p50Ms: at(taken, 0.5),
      p99Ms: at(taken, 0.99),
      bestP99Ms: at(best, 0.99),
      bareP99Ms: bare,
      slowest: await inWords(store, slowest),
    };
    figures.push(figure);
    const { p50Ms, p99Ms, bestP99Ms } = figure;
    const [p50, p99, undisturbed] = [p50Ms, p99Ms, bestP99Ms].map((ms) => `${ms.toFixed(3).padStart(8)} ms`);
    report(`${query.padEnd(36)} p50 ${p50}   p99 ${p99}   p99 of the best of ${REPEATS} ${undisturbed}`);
  }
  await store.close();
  return figures;
}

if (import.meta.main) {
  const [, , url, calls] = process.argv;
  const directory = mkdtempSync(join(tmpdir(), 'almasar-bench-'));
  const report = (line: string) => process.stdout.write(`${line}\n`);
  try {
    await benchCallLog(url || `sqlite:${join(directory, 'calls.db')}`, { calls: Number(calls ?? 1_000_000), report });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
