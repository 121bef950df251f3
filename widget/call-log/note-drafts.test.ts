import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import type { CallRecord } from '../../service/contract.ts';
import { NoteDrafts } from './note-drafts.ts';
import { callRecord } from './testing/call-record.ts';

const CALL = callRecord(1);
const { callId } = CALL;

describe('note drafts', () => {
  let asked: object[];
  let answers: ((record: CallRecord | Error) => void)[];
  let drafts: NoteDrafts;
  const answer = async (result: CallRecord | Error) => {
    answers.shift()?.(result);
    await new Promise(setImmediate);
  };
  const phase = () => drafts.get(callId, 'note')?.phase;

  beforeEach(() => {
    asked = [];
    answers = [];
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
      () => {},
    );

  test('are saved only when the service has said so', async () => {
    drafts.write(callId, 'note', 'call again ');
    assert.equal(phase(), 'written');
    const saving = drafts.save(callId, 'note');
    assert.equal(phase(), 'saving');
    assert.equal(drafts.unsaved(callId), true);
    assert.deepEqual(asked, [{ id: callId, note: 'call again' }]);
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
    assert.deepEqual(drafts.get(callId, 'note'), { value: 'important', phase: 'failed' });
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
    await answer(CALL);
    assert.deepEqual(asked[1], { id: callId, note: 'ab' });
    assert.equal(phase(), 'saving');
    await answer(CALL);
    assert.equal(phase(), 'saved');
  });

  test('that failed while more was written keep all of it', async () => {
    drafts.write(callId, 'note', 'a');
    void drafts.save(callId, 'note');
    drafts.write(callId, 'note', 'ab');
    await answer(new Error('offline'));
    assert.deepEqual(drafts.get(callId, 'note'), { value: 'ab', phase: 'failed' });
  });

  test('that are emptied take the value away', async () => {
    drafts.write(callId, 'disposition', '');
    void drafts.save(callId, 'disposition');
    assert.deepEqual(asked, [{ id: callId, disposition: null }]);
  });

  test('outlive a reload, until they are saved', async () => {
    drafts.write(callId, 'note', 'kept');
    assert.deepEqual(make().get(callId, 'note'), { value: 'kept', phase: 'written' });
    void drafts.save(callId, 'note');
    await answer(CALL);
    assert.equal(make().get(callId, 'note'), undefined);
  });
});
