import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import type { CallPatch, CallRecord } from '../../service/contract.ts';
import { AnswerError } from '../service-access.ts';
import { NoteDrafts } from './note-drafts.ts';
import { callRecord } from './testing/call-record.ts';

const CALL = callRecord(1);
const { callId } = CALL;

describe('note drafts', () => {
  let asked: object[];
  let answers: ((record: CallRecord | Error) => void)[];
  /** What the service says of the call's note when it is asked. */
  let noteNow: string | null | Error;
  let drafts: NoteDrafts;
  const answer = async (result: CallRecord | Error) => {
    answers.shift()?.(result);
    await new Promise(setImmediate);
  };
  const phase = () => drafts.get(callId, 'note')?.phase;

  beforeEach(() => {
    asked = [];
    answers = [];
    noteNow = null;
    const kept = new Map<string, string>();
    globalThis.sessionStorage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    } as Storage;
    drafts = make();
  });

  const make = () =>
    new NoteDrafts(
      (id, patch) => {
        asked.push({ id, ...patch });
        return new Promise((resolve, reject) =>
          answers.push((result) => (result instanceof Error ? reject(result) : resolve(result))),
        );
      },
      () => (noteNow instanceof Error ? Promise.reject(noteNow) : Promise.resolve(noteNow)),
      () => {},
    );

  test('are saved only when the service has said so', async () => {
    drafts.write(callId, 'note', 'call again ');
    assert.equal(phase(), 'written');
    const saving = drafts.save(callId, 'note');
    assert.equal(phase(), 'saving');
    assert.equal(drafts.unsaved(callId), true);
    assert.deepEqual(asked, [{ id: callId, note: 'call again', noteBefore: '' }]);
    await answer({ ...CALL, note: 'call again' });
    assert.equal((await saving)?.note, 'call again');
    assert.equal(phase(), 'saved');
    assert.equal(drafts.unsaved(callId), false);
    drafts.settle(callId);
    assert.equal(phase(), undefined);
  });

  test('are kept when they could not be saved, and can be sent again', async () => {
    drafts.write(callId, 'note', 'important');
    void drafts.save(callId, 'note');
    await answer(new Error('offline'));
    assert.deepEqual([drafts.get(callId, 'note')?.value, phase()], ['important', 'failed']);
    void drafts.save(callId, 'note');
    await answer(CALL);
    assert.equal(phase(), 'saved');
    assert.equal(asked.length, 2);
  });

  test('written while one is being saved are sent after it, and nothing twice', async () => {
    drafts.write(callId, 'note', 'a');
    void drafts.save(callId, 'note');
    drafts.write(callId, 'note', 'ab');
    void drafts.save(callId, 'note');
    assert.equal(asked.length, 1);
    await answer({ ...CALL, note: 'a' });
    assert.deepEqual(asked[1], { id: callId, note: 'ab', noteBefore: 'a' });
    assert.equal(phase(), 'saving');
    await answer(CALL);
    assert.equal(phase(), 'saved');
  });

  test('that failed while more was written keep all of it', async () => {
    drafts.write(callId, 'note', 'a');
    void drafts.save(callId, 'note');
    drafts.write(callId, 'note', 'ab');
    await answer(new Error('offline'));
    assert.deepEqual([drafts.get(callId, 'note')?.value, phase()], ['ab', 'failed']);
  });

  test('that are emptied take the value away', async () => {
    drafts.write(callId, 'disposition', '');
    void drafts.save(callId, 'disposition');
    assert.deepEqual(asked, [{ id: callId, disposition: null }]);
  });

  test('outlive a reload, until they are saved', async () => {
    drafts.write(callId, 'note', 'kept');
    assert.deepEqual([make().get(callId, 'note')?.value, make().get(callId, 'note')?.phase], ['kept', 'written']);
    void drafts.save(callId, 'note');
    await answer(CALL);
    assert.equal(make().get(callId, 'note'), undefined);
  });

  describe('of which somebody else writes meanwhile', () => {
    const changed = new AnswerError('/api/calls/1', 409, { code: 'note-changed', message: '' });
    const notes = () => asked.map((each) => [(each as CallPatch).note, (each as CallPatch).noteBefore]);

    test('become both, under one another, over what is there now', async () => {
      drafts.write(callId, 'note', 'old, mine', 'old');
      const saving = drafts.save(callId, 'note');
      noteNow = 'theirs';
      await answer(changed);
      assert.deepEqual(drafts.get(callId, 'note')?.value, 'theirs\nold, mine');
      noteNow = 'theirs, again';
      await answer(changed);
      await answer({ ...CALL, note: 'theirs, again\nold, mine' });
      assert.equal((await saving)?.note, 'theirs, again\nold, mine');
      assert.equal(phase(), 'saved');
      assert.deepEqual(notes(), [
        ['old, mine', 'old'],
        ['theirs\nold, mine', 'theirs'],
        ['theirs, again\nold, mine', 'theirs, again'],
      ]);
    });

    test('have what is being written on, too', async () => {
      drafts.write(callId, 'note', 'mine', null);
      void drafts.save(callId, 'note');
      drafts.write(callId, 'note', 'mine and more', 'theirs');
      noteNow = 'theirs';
      await answer(changed);
      assert.deepEqual(notes(), [
        ['mine', ''],
        ['theirs\nmine and more', 'theirs'],
      ]);
    });

    test('are not doubled where the answer was lost and the text was put right, nor over a reload', async () => {
      drafts.write(callId, 'note', 'custmer', null);
      void drafts.save(callId, 'note');
      await answer(new Error('the answer is lost'));
      drafts = make();
      drafts.write(callId, 'note', 'customer', 'custmer');
      void drafts.save(callId, 'note');
      noteNow = 'custmer';
      await answer(changed);
      assert.deepEqual(notes().at(-1), ['customer', 'custmer']);
      assert.deepEqual(notes().at(-2), ['customer', '']);
    });

    test('stay both, to be shortened, where together they are longer than a note may be', async () => {
      const mine = 'm'.repeat(3000);
      noteNow = 't'.repeat(3000);
      drafts.write(callId, 'note', mine, null);
      void drafts.save(callId, 'note');
      await answer(changed);
      assert.deepEqual(
        [drafts.get(callId, 'note')?.value, phase(), asked.length],
        [`${noteNow}\n${mine}`, 'failed', 1],
      );
      drafts.write(callId, 'note', 'both, in short', noteNow);
      void drafts.save(callId, 'note');
      assert.deepEqual(notes().at(-1), ['both, in short', noteNow]);
    });

    test('are kept as they are where the other note cannot be read, and where others never stop', async () => {
      drafts.write(callId, 'note', 'mine', null);
      void drafts.save(callId, 'note');
      noteNow = new Error('offline');
      await answer(changed);
      assert.deepEqual([drafts.get(callId, 'note')?.value, phase()], ['mine', 'failed']);
      void drafts.save(callId, 'note');
      for (let times = 0; times < 4; times++) {
        noteNow = `theirs${'\nmore'.repeat(times)}`;
        await answer(changed);
      }
      assert.deepEqual([drafts.get(callId, 'note')?.value, phase()], ['theirs\nmore\nmore\nmore\nmine', 'failed']);
    });

    test('of a version before, which knew nothing of that, are sent as they were', async () => {
      sessionStorage.setItem('almasar-call-log-drafts', JSON.stringify({ [`note ${callId}`]: 'kept', [`note x`]: 7 }));
      drafts = make();
      void drafts.save(callId, 'note');
      assert.deepEqual(asked, [{ id: callId, note: 'kept' }]);
    });
  });
});
