import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { callRecord } from './call-log/testing/call-record.ts';
import { createCallBacks } from './call-backs.ts';
import type { CallPage, CallPatch, CallRecord } from '../service/contract.ts';
import type { FeedListener } from './service-feed.ts';

const DUE = '2026-11-28T10:00:00.000Z';
const open = (age: number) => callRecord(age, { note: `note ${age}`, callBack: { at: DUE, doneAt: null } });

/** A service that answers when the test says so, and the stream of its events. */
function scripted() {
  const asked: string[] = [];
  const patches: [string, CallPatch][] = [];
  const answers: ((page: CallPage) => void)[] = [];
  const listeners = new Set<FeedListener>();
  const callBacks = createCallBacks({
    client: {
      calls: (query) => {
        asked.push(query);
        return new Promise((resolve) => answers.push(resolve));
      },
      changeCall: (callId, patch) => {
        patches.push([callId, patch]);
        return Promise.resolve(open(1));
      },
    },
    feed: {
      listen: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
  });
  async function answerPage(page: CallPage): Promise<void> {
    while (!answers[0]) await new Promise((resolve) => setImmediate(resolve));
    answers.shift()!(page);
  }
  const answer = (...calls: CallRecord[]) => answerPage({ calls, nextCursor: null });
  const say = (record: CallRecord) => listeners.forEach(({ onCall }) => onCall?.(record));
  return { callBacks, asked, patches, listeners, answer, answerPage, say };
}

describe('call-backs', () => {
  test('are those the service calls open, in its order; several who ask at once ask once', async () => {
    const { callBacks, asked, answer } = scripted();
    const both = Promise.all([callBacks.list(), callBacks.list()]);
    await answer(open(2), { ...open(1), unrecorded: true });
    const [list, second] = await both;
    assert.equal(list, second);
    assert.deepEqual(asked, ['callBacks=open&log=own&limit=100']);
    const first = list.calls;
    const { callId, customer } = open(2);
    const { number, name } = customer;
    const dueAt = Date.parse(DUE);
    assert.deepEqual(first[0], { callId, number, name, record: true, note: 'note 2', dueAt });
    assert.equal(first[1]!.record, false);
  });

  test('are others when an event says so, and only then: promised, done, taken away, not heard', async () => {
    const { callBacks, listeners, answer, say } = scripted();
    let told = 0;
    const stop = callBacks.watch(() => told++);
    const listed = callBacks.list();
    await answer(open(1));
    await listed;
    say(callRecord(3));
    assert.equal(told, 0);
    say(open(2));
    say({ ...open(2), callBack: { at: DUE, doneAt: DUE } });
    assert.equal(told, 2);
    say(callRecord(1));
    assert.equal(told, 3);
    for (const { onBack } of listeners) onBack?.();
    assert.equal(told, 4);
    stop();
    assert.equal(listeners.size, 0);
  });

  test('that were asked for before a change are not those after it', async () => {
    const { callBacks, answer, say } = scripted();
    callBacks.watch(() => {});
    const before = callBacks.list();
    say(open(2));
    const after = callBacks.list();
    await answer(open(1));
    await answer(open(2), open(1));
    assert.equal((await before).calls.length, 1);
    assert.equal((await after).calls.length, 2);
  });

  test('are read page by page, as many as are asked for; how many there are is the service’s word', async () => {
    const { callBacks, asked, answerPage, say } = scripted();
    let told = 0;
    callBacks.watch(() => told++);
    const counts = { open: 250, due: 120 };
    const page = (from: number) => Array.from({ length: 100 }, (_, at) => open(from + at));
    const first = callBacks.list();
    await answerPage({ calls: page(0), nextCursor: 'c/1', callBacks: counts });
    const { calls, total, due } = await first;
    assert.deepEqual([calls.length, total, due], [100, 250, 120]);
    // One that is not in the list may be taken back, too.
    say(callRecord(240));
    assert.equal(told, 1);

    const more = callBacks.list(250);
    await answerPage({ calls: page(0), nextCursor: 'c/1', callBacks: counts });
    // One of the first page was put off while the second was read.
    const moved = { ...open(7), note: 'later' };
    await answerPage({ calls: [moved, ...page(101).slice(0, 99)], nextCursor: 'c/2' });
    await answerPage({ calls: page(200).slice(0, 50), nextCursor: null });
    const all = await more;
    assert.equal(all.calls.filter(({ callId }) => callId === moved.callId).length, 1);
    assert.equal(all.calls[99]!.note, 'later');
    assert.equal(all.total, all.calls.length);
    assert.deepEqual(
      asked.slice(1),
      ['', '&cursor=c%2F1', '&cursor=c%2F2'].map((cursor) => `callBacks=open&log=own&limit=100${cursor}`),
    );
    say(callRecord(999));
    assert.equal(told, 1);
  });

  test('are put off when the service has said so', async () => {
    const { callBacks, patches } = scripted();
    let told = 0;
    callBacks.watch(() => told++);
    await callBacks.setTime('a', DUE);
    assert.deepEqual([patches, told], [[['a', { callBackAt: DUE }]], 1]);
  });

  test('are done when the service has said so', async () => {
    const { callBacks, patches } = scripted();
    let told = 0;
    callBacks.watch(() => told++);
    await callBacks.setDone('a', true);
    await callBacks.setDone('a', false);
    assert.deepEqual(patches, [
      ['a', { callBackDone: true }],
      ['a', { callBackDone: false }],
    ]);
    assert.equal(told, 2);
  });
});
