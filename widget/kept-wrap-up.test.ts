import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { callRecord } from './call-log/testing/call-record.ts';
import type { KeptWrapUp, WrapUp } from './core/dialer.ts';
import { ProblemError } from './core/problem-error.ts';
import { createWrapUpWatch } from './kept-wrap-up.ts';
import type { FeedListener } from './service-feed.ts';
import type { CallRecord } from '../service/contract.ts';

const AT = '2026-12-01T09:00:00.000Z';
const CALL = callRecord(1);
const BLANK = { note: '', disposition: null, callBackAt: null };

function scripted(waiting?: WrapUp) {
  const outbox = { waiting, refused: undefined as WrapUp | undefined, told: new Set<(refused?: string) => void>() };
  const listeners = new Set<FeedListener>();
  const answers: ((call: CallRecord | undefined | Error) => void)[] = [];
  const told: KeptWrapUp[] = [];
  const givenBack: WrapUp[] = [];
  const watch = createWrapUpWatch({
    client: {
      getCall: () =>
        new Promise((resolve, reject) =>
          answers.push((call) => (call instanceof Error ? reject(call) : resolve(call))),
        ),
    },
    feed: {
      listen: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    outbox: {
      waiting: () => outbox.waiting,
      watch: (listener) => {
        outbox.told.add(listener);
        return () => outbox.told.delete(listener);
      },
      refused: () => outbox.refused,
      forget: () => {
        outbox.refused = undefined;
        for (const listener of outbox.told) listener();
      },
    },
  });
  const stop = watch(CALL.callId, (kept, refused) => {
    told.push(kept);
    if (refused) givenBack.push(refused);
  });
  const say = (call: CallRecord) => listeners.forEach(({ onCall }) => onCall?.(call));
  const answer = async (call: CallRecord | undefined | Error) => {
    answers.shift()!(call);
    await turn();
  };
  const wait = (wrapUp: WrapUp | undefined, refused?: string) => {
    outbox.waiting = wrapUp;
    for (const listener of outbox.told) listener(refused);
  };
  return { told, givenBack, listeners, answers, stop, say, answer, wait, outbox };
}

describe('what is kept of a call', () => {
  test('is told as the service has it, and whenever that is something else', async () => {
    const { told, say, answer, stop, listeners, answers } = scripted();
    await answer({ ...CALL, note: 'من السجل', callBack: { at: AT, doneAt: null } });
    say({ ...callRecord(2), note: 'of another call' });
    say({ ...CALL, disposition: 'sold', callBack: { at: AT, doneAt: AT } });
    assert.deepEqual(told, [
      { ...BLANK, note: 'من السجل', callBackAt: AT },
      { ...BLANK, disposition: 'sold' },
    ]);
    // What happened while the stream was broken was not heard.
    for (const { onBack } of listeners) onBack?.();
    (await stop)();
    await answer(CALL);
    assert.deepEqual([told.length, listeners.size, answers.length], [2, 0, 0]);
  });

  test('an event is newer than an answer that was asked for before it', async () => {
    const { told, say, answer } = scripted();
    say({ ...CALL, note: 'new' });
    await answer({ ...CALL, note: 'old' });
    assert.deepEqual(told, [{ ...BLANK, note: 'new' }]);
  });

  test('what any tab keeps on this computer is told at once, and stays told until the service says it itself', async () => {
    const { told, say, answer, answers, wait, stop, outbox } = scripted();
    const before = { ...BLANK, note: 'old' };
    const kept = { ...before, callBackAt: AT };
    await answer({ ...CALL, note: 'old' });
    wait({ callBackAt: AT });
    wait(undefined);
    assert.deepEqual(told, [before, kept, kept]);
    await answer({ ...CALL, note: 'old', callBack: { at: AT, doneAt: null } });
    assert.deepEqual(told.slice(3), [kept]);
    // Heard before the answer; from then on the service's word counts.
    wait({ note: 'newer' });
    wait(undefined);
    say({ ...CALL, note: 'newest' });
    assert.deepEqual(told.slice(4), [
      { ...kept, note: 'newer' },
      { ...kept, note: 'newer' },
      { ...BLANK, note: 'newest' },
    ]);
    assert.equal(answers.length, 1);
    (await stop)();
    assert.equal(outbox.told.size, 0);
  });

  test('an answer that was asked for before it was sent is older', async () => {
    const { told, answer, answers, wait } = scripted({ note: 'new' });
    wait(undefined);
    await answer({ ...CALL, note: 'old' });
    assert.deepEqual([told, answers.length], [[{ ...BLANK, note: 'new' }], 1]);
  });

  test('what is refused is not kept; refused after it was kept, it is given back once', async () => {
    const { told, givenBack, answer, answers, wait, outbox } = scripted();
    await answer({ ...CALL, note: 'old' });
    wait({ note: 'new' });
    wait(undefined, CALL.callId);
    const old = { ...BLANK, note: 'old' };
    assert.deepEqual([told, givenBack], [[old, { ...BLANK, note: 'new' }, old], []]);
    wait({ note: 'new' });
    outbox.refused = { note: 'new' };
    wait(undefined);
    assert.deepEqual([told.at(-1), givenBack, outbox.refused], [old, [{ note: 'new' }], undefined]);
    assert.equal(answers.length, 0);
  });

  test('what was refused while nobody watched is given back, though the service is away', async () => {
    const { givenBack, answer, outbox } = scripted();
    outbox.refused = { note: 'new' };
    await answer(new ProblemError('service-unreachable', 'away'));
    assert.deepEqual(givenBack, [{ note: 'new' }]);
  });

  test('while the service is away, or has no such call yet, it is what waits on this computer, if anything', async () => {
    for (const nothing of [new ProblemError('service-unreachable', 'away'), undefined]) {
      const unknown = scripted();
      await unknown.answer(nothing);
      assert.deepEqual(unknown.told, []);
      const known = scripted({ callBackAt: AT });
      await known.answer(nothing);
      known.say({ ...CALL, note: 'heard' });
      assert.deepEqual(known.told, [
        { ...BLANK, callBackAt: AT },
        { ...BLANK, note: 'heard', callBackAt: AT },
      ]);
    }
  });
});
