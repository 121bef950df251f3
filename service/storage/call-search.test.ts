import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import type { CallBase } from '../calls/call-record.ts';
import { foldName } from '../calls/folded-name.ts';
import type { CallLog } from '../calls/ports.ts';
import { callQuery, type CallPage } from '../contract.ts';
import { emptyStore } from '../testing/empty-store.ts';
import { createCallLog } from './call-log.ts';
import type { Store } from './store.ts';
import { createFeed } from './feed.ts';

const postgres = process.env['TEST_ENGINE'] === 'postgres';
const NAMES = [
  'أحمد إبراهيم عبد الرحمن',
  'فاطمة الزهراء',
  'مصطفى شوقي',
  'مُحَمَّد آل سعود',
  'منـــى هيئة',
  'José García-Müller',
  'شركة "النيل" 100%_\\',
  '李小龙 Bruce',
  '😀😀😀 smile',
  'ab',
  'Zq',
];
const BEGIN = Date.parse('2026-10-01T08:00:00.000Z');

let store: Store;
let log: CallLog;
let remove: () => Promise<void>;
const bases: CallBase[] = [];
let calls = 0;

/** Opens a call `ms` after the first; several in one millisecond are usual here. */
async function open(ms: number, name: string | null, number: string, agentId: string): Promise<CallBase> {
  calls += 1;
  const random = ((calls * 2_654_435_761) % 2 ** 32).toString(16).padStart(8, '0');
  const base: CallBase = {
    callId: `${random}-0000-7000-8000-${String(calls).padStart(12, '0')}`,
    direction: 'outgoing',
    agent: { id: agentId, name: null },
    customer: { number, name },
    callerId: null,
    createdAt: new Date(BEGIN + ms).toISOString(),
  };
  await log.open(`CA${calls}`, base);
  bases.push(base);
  return base;
}

before(async () => {
  ({ store, remove } = await emptyStore());
  log = createCallLog(
    store,
    createFeed(() => {}),
  );
  for (let index = 0; index < 66; index += 1) {
    const number = `+20100${String((index * 7_654_321) % 10_000_000).padStart(7, '0')}`;
    // Some months, and within them three calls a millisecond.
    const ms = (index % 4) * 40 * 86_400_000 + Math.floor(index / 12);
    await open(ms, NAMES[index % NAMES.length]!, number, index % 3 === 0 ? 'mona' : 'karim');
  }
});
after(() => remove());

const inOrder = (a: CallBase, b: CallBase) => (`${a.createdAt}|${a.callId}` < `${b.createdAt}|${b.callId}` ? 1 : -1);

function page(query: object, agentId?: string): Promise<CallPage> {
  return log.page(agentId === undefined ? 'everybody' : { agentId }, callQuery.parse(query), new Date());
}

/** All pages of a search, as ids. */
async function found(query: object, agentId?: string): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | undefined; ;) {
    const { calls, nextCursor } = await page({ ...query, ...(cursor && { cursor }) }, agentId);
    ids.push(...calls.map(({ callId }) => callId));
    if (nextCursor === null) return ids;
    cursor = nextCursor;
  }
}

const VARIANTS: Record<string, string[]> = {
  ا: ['ا', 'أ', 'إ', 'آ', 'ٱ'],
  ه: ['ه', 'ة'],
  ي: ['ي', 'ى', 'ی'],
  ك: ['ك', 'ک'],
};
/** The same text as somebody else writes it: other forms of letters, other case, harakat, tatweel, accents apart. */
const written = (text: string) =>
  fc.array(fc.nat(99), { minLength: text.length, maxLength: text.length }).map((choices) =>
    [...text]
      .map((letter, at) => {
        const choice = choices[at] ?? 0;
        const forms = VARIANTS[letter] ?? [letter, letter.toUpperCase()];
        const form = forms[choice % forms.length]!;
        const marks = /\p{Script=Arabic}/u.test(letter) ? ['', '\u064e', '\u0640', '\u0651\u064f'] : [''];
        return form + marks[choice % marks.length]!;
      })
      .join(''),
  );

const part = fc
  .tuple(fc.constantFrom(...NAMES), fc.nat(30), fc.integer({ min: 1, max: 12 }))
  .map(([name, start, length]) => {
    const letters = [...foldName(name)];
    return letters.slice(start % letters.length, (start % letters.length) + length).join('');
  })
  .filter((text) => foldName(text) === text && !/^[\d+\s().\-/]*$/.test(text));

test('a call is found by any part of its name, however it is written, and no other is', async () => {
  await fc.assert(
    fc.asyncProperty(
      part.chain((text) => fc.tuple(fc.constant(text), written(text))),
      fc.constantFrom(undefined, 'mona'),
      fc.integer({ min: 1, max: 7 }),
      async ([text, search], agentId, limit) => {
        const expected = bases
          .filter(
            ({ customer, agent }) => foldName(customer.name ?? '').includes(text) && agent.id === (agentId ?? agent.id),
          )
          .sort(inOrder)
          .map(({ callId }) => callId);
        assert.deepEqual(await found({ search, limit }, agentId), expected, `${text} as ${search}`);
      },
    ),
    { numRuns: 150 },
  );
});

test('with every other filter besides, the same', async () => {
  const from = new Date(BEGIN + 40 * 86_400_000 + 1).toISOString();
  const to = new Date(BEGIN + 120 * 86_400_000 + 3).toISOString();
  for (const search of ['احمد', 'ar', 'منى', '100']) {
    const all = new Map((await page({ search, limit: 100 })).calls.map((call) => [call.callId, call]));
    const expected = [...all.values()].filter(({ createdAt }) => createdAt >= from && createdAt < to);
    const query = { search, from, to, direction: 'outgoing', limit: 3 };
    assert.deepEqual(
      await found(query),
      expected.map(({ callId }) => callId),
      search,
    );
    assert.deepEqual(await found({ ...query, outcome: 'busy' }), []);
    assert.deepEqual(await found({ ...query, direction: 'incoming' }), []);
  }
});

const DIGITS = ['0123456789', '٠١٢٣٤٥٦٧٨٩', '۰۱۲۳۴۵۶۷۸۹', '０１２３４５６７８９'];

test('a call is found by any end of its number of three digits or more, in the digits of any script', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(65),
      fc.integer({ min: 3, max: 12 }),
      fc.constantFrom(...DIGITS),
      fc.constantFrom('', ' ', '-'),
      async (index, length, script, between) => {
        const { callId, customer } = bases[index]!;
        const end = customer.number.slice(-length);
        const search = [...end].map((digit) => [...script][Number(digit)]!).join(between);
        const ids = await found({ search, limit: 5 });
        assert.ok(ids.includes(callId), search);
        // As it is dialled at home, when there is enough of it.
        const atHome = end.replace(/^0+(?=\d)/, '');
        const ends = atHome.length < 6 ? [end] : [end, atHome];
        const expected = bases.filter((base) => ends.some((each) => base.customer.number.endsWith(each)));
        assert.deepEqual(
          ids,
          expected.sort(inOrder).map((base) => base.callId),
        );
      },
    ),
    { numRuns: 150 },
  );
});

test('pages stay what they were while calls come in', async () => {
  let later = 200 * 86_400_000;
  for (const query of [{}, { search: 'محمد' }, { search: 'ab' }, { search: 'الزهرا' }]) {
    const before = await found({ ...query, limit: 100 });
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const { calls, nextCursor } = await page({ ...query, limit: 3, ...(cursor && { cursor }) });
      ids.push(...calls.map(({ callId }) => callId));
      cursor = nextCursor ?? undefined;
      // Later than all of them.
      await open((later += 1), 'محمد ab الزهراء', '+201001230000', 'mona');
    } while (cursor);
    assert.deepEqual(ids, before);
  }
});

test('a name that changes is found by the new one alone, and a call that goes is not found', async () => {
  const { callId } = await open(1, 'زكريا القديم', '+201009999999', 'mona');
  const rename = (name: string) =>
    store.write((trx) =>
      trx
        .updateTable('calls')
        .set({ name_folded: foldName(name) })
        .where('call_id', '=', callId)
        .execute(),
    );
  assert.deepEqual(await found({ search: 'القديم' }), [callId]);
  await rename('زكريا الجديد');
  assert.deepEqual(await found({ search: 'القديم' }), []);
  assert.deepEqual(await found({ search: 'الجديد' }), [callId]);
  await rename('');
  assert.deepEqual(await found({ search: 'زكريا' }), []);
  await rename('زكريا');
  await store.write((trx) => trx.deleteFrom('calls').where('call_id', '=', callId).execute());
  assert.deepEqual(await found({ search: 'زكريا' }), []);
  if (!postgres)
    await sql`insert into call_names_index (call_names_index, rank) values ('integrity-check', 1)`.execute(store.db);
});

test('the audit is never changed', async () => {
  const insert = { at: 'now', agent_id: 'a', role: 'admin', action: 'x', subject: '', request_id: '' };
  await store.write((trx) => trx.insertInto('audit').values(insert).execute());
  await assert.rejects(
    store.write((trx) => trx.updateTable('audit').set({ agent_id: 'b' }).execute()),
    /never changed/,
  );
  await assert.rejects(
    store.write((trx) => trx.deleteFrom('audit').execute()),
    /never changed/,
  );
});
