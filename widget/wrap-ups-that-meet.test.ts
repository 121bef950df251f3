import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import type { WrapUp } from './core/dialer.ts';
import { ProblemError } from './core/problem-error.ts';
import { AnswerError } from './service-access.ts';
import { createWrapUpOutbox, type WrapUpOutbox } from './wrap-up-outbox.ts';

const away = () => new ProblemError('service-unreachable', 'away');

/** The call as the service has it. */
let call: { note: string; disposition: string | null };
let asked: number;
const open: WrapUpOutbox[] = [];

beforeEach(() => {
  call = { note: '', disposition: null };
  asked = 0;
});
afterEach(() => {
  for (const made of open.splice(0)) made.close();
});

function take({ note, disposition, noteBefore }: WrapUp): void {
  asked += 1;
  if (note !== undefined && noteBefore !== undefined && ![noteBefore, note].includes(call.note)) {
    throw new AnswerError('/api/calls/c1', 409, { code: 'note-changed', message: 'no' });
  }
  if ((note?.length ?? 0) > 4000)
    throw new AnswerError('/api/calls/c1', 400, { code: 'invalid-request', message: 'no' });
  call = { note: note ?? call.note, disposition: disposition ?? call.disposition };
}

/** A computer with a storage of its own, and with a network that can be cut before or behind the service. */
function computer() {
  const items = new Map<string, string>();
  const network: { reach: 'there' | 'away' | 'answers-lost'; before?: () => void } = { reach: 'there' };
  const box = createWrapUpOutbox({
    key: 'https://service.example',
    agentId: () => Promise.resolve('mona'),
    storage: {
      getItem: (key) => items.get(key) ?? null,
      setItem: (key, value) => void items.set(key, value),
      removeItem: (key) => void items.delete(key),
    },
    page: new EventTarget(),
    send: async (_, wrapUp) => {
      await Promise.resolve();
      if (network.reach === 'away') throw away();
      network.before?.();
      take(wrapUp);
      if (network.reach === 'answers-lost') throw away();
    },
    noteOf: () => (network.reach === 'there' ? Promise.resolve(call.note) : Promise.reject(away())),
  });
  open.push(box);
  return { box, network, items };
}

test('a note that waits hours on one computer takes no other’s place: both are kept, and nothing waits any more', async () => {
  const [desk, laptop] = [computer(), computer()];
  desk.network.reach = 'away';
  assert.equal(await desk.box.save('c1', { note: 'wants red', disposition: 'sold', noteBefore: '' }), 'kept');
  assert.deepEqual(desk.box.waiting('c1'), { note: 'wants red', disposition: 'sold' });
  assert.equal(await laptop.box.save('c1', { note: 'wants blue', disposition: 'lost', noteBefore: '' }), 'saved');
  desk.network.reach = 'there';
  await desk.box.flush();
  // Of what is no text, the last word counts.
  assert.deepEqual(call, { note: 'wants blue\nwants red', disposition: 'sold' });
  assert.deepEqual([desk.box.pending(), desk.items.size, desk.box.refused('c1')], [0, 0, undefined]);
});

test('both went on from the same note: that stands there once', async () => {
  call.note = 'asked for the price';
  const [desk, laptop] = [computer(), computer()];
  const noteBefore = call.note;
  desk.network.reach = 'away';
  await desk.box.save('c1', { note: `${noteBefore}. Wants red`, noteBefore });
  await laptop.box.save('c1', { note: `${noteBefore}. Call on Monday`, noteBefore });
  desk.network.reach = 'there';
  await desk.box.flush();
  assert.equal(call.note, 'asked for the price. Call on Monday\nWants red');
});

test('whose answer is lost is sent again, and is there once', async () => {
  const { box, network } = computer();
  network.reach = 'answers-lost';
  assert.equal(await box.save('c1', { note: 'mine', noteBefore: '' }), 'kept');
  network.reach = 'there';
  await box.flush();
  assert.deepEqual([call.note, asked, box.pending()], ['mine', 2, 0]);
});

test('whose answer is lost, and which somebody else went on from, is there once', async () => {
  const { box, network } = computer();
  network.reach = 'answers-lost';
  await box.save('c1', { note: 'mine', noteBefore: '' });
  call.note = 'mine\nand theirs';
  network.reach = 'there';
  await box.flush();
  assert.deepEqual([call.note, box.pending()], ['mine\nand theirs', 0]);
});

test('an older wording of one’s own, which arrived unanswered, is no other’s', async () => {
  const { box, network } = computer();
  network.reach = 'answers-lost';
  await box.save('c1', { note: 'custmer', noteBefore: '' });
  network.reach = 'away';
  await box.save('c1', { disposition: 'sold' });
  await box.save('c1', { note: 'customer', noteBefore: 'custmer' });
  network.reach = 'there';
  await box.flush();
  assert.deepEqual(call, { note: 'customer', disposition: 'sold' });
});

test('the others’ text stays where an older wording of one’s own arrived under it', async () => {
  call.note = 'theirs';
  const { box, network } = computer();
  network.before = () => {
    // The network goes once the service has both.
    if (asked === 1) network.reach = 'answers-lost';
  };
  await box.save('c1', { note: 'custmer', noteBefore: '' });
  assert.equal(call.note, 'theirs\ncustmer');
  delete network.before;
  network.reach = 'away';
  await box.save('c1', { note: 'customer', noteBefore: 'custmer' });
  network.reach = 'there';
  await box.flush();
  assert.equal(call.note, 'theirs\ncustomer');
});

test('a note of another tab, which was not there when this one was begun, is kept beside it', async () => {
  const { box, network } = computer();
  network.reach = 'away';
  await box.save('c1', { note: 'of one tab', noteBefore: '' });
  await box.save('c1', { note: 'of the other', noteBefore: '' });
  assert.deepEqual(box.waiting('c1'), { note: 'of one tab\nof the other' });
  await box.save('c1', { note: 'in short', noteBefore: 'of one tab\nof the other' });
  network.reach = 'there';
  await box.flush();
  assert.equal(call.note, 'in short');
});

test('who does not say what was there before takes its place, as ever', async () => {
  call.note = 'theirs';
  const { box } = computer();
  assert.equal(await box.save('c1', { note: 'mine' }), 'saved');
  assert.equal(call.note, 'mine');
});

test('both together longer than a note may be: neither is lost, the writer has theirs back', async () => {
  call.note = 't'.repeat(3000);
  const { box, network } = computer();
  const mine = { note: 'm'.repeat(3000), noteBefore: '' };
  assert.equal(await box.save('c1', mine), 'refused');
  assert.equal(box.pending(), 0);
  network.reach = 'away';
  assert.equal(await box.save('c1', mine), 'kept');
  network.reach = 'there';
  await box.flush();
  assert.deepEqual([call.note, box.pending(), box.refused('c1')], ['t'.repeat(3000), 0, mine]);
});

test('others who never stop writing are waited for; the text stays', async () => {
  const { box, network } = computer();
  let others = 0;
  network.before = () => void (call.note = `theirs ${(others += 1)}`);
  assert.equal(await box.save('c1', { note: 'mine', noteBefore: '' }), 'kept');
  assert.deepEqual(box.waiting('c1'), { note: 'mine' });
  delete network.before;
  await box.flush();
  assert.equal(call.note, `theirs ${others}\nmine`);
});

test('without a storage the texts meet all the same', async () => {
  call.note = 'theirs';
  const { box, items } = computer();
  items.set = () => {
    throw new DOMException('full', 'QuotaExceededError');
  };
  assert.equal(await box.save('c1', { note: 'mine', noteBefore: '' }), 'saved');
  assert.equal(call.note, 'theirs\nmine');
});
