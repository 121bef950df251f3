import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { AuditPage } from '../admin-contract.ts';
import type { CallRecord, ErrorAnswer } from '../contract.ts';
import { hearEvents } from '../testing/heard-events.ts';
import { newSid } from '../testing/outgoing-calls.ts';
import { placeCall, startTestService, type TestService } from '../testing/test-service.ts';

const BOSS = { sub: 'boss', role: 'supervisor' };

let service: TestService;
let path: string;
before(async () => {
  service = await startTestService();
});
after(() => service.remove());
beforeEach(async () => {
  path = `/api/calls/${(await placeCall(service, newSid())).callId}`;
});

const patch = (body: object, agent = {}) => service.asAgent(path, { method: 'PATCH', body, ...agent });
const noteNow = async () => ((await (await service.asAgent(path)).json()) as CallRecord).note;

async function changed(answer: Response): Promise<void> {
  const { code } = (await answer.json()) as ErrorAnswer;
  assert.deepEqual([answer.status, code], [409, 'note-changed']);
}

test('a note takes the place of the one that its writer had before them', async () => {
  assert.equal((await patch({ note: 'first', noteBefore: null })).status, 200);
  assert.equal((await patch({ note: 'second', noteBefore: ' first ' })).status, 200);
  assert.equal((await patch({ note: null, noteBefore: 'second' })).status, 200);
  assert.equal((await patch({ note: 'third', noteBefore: '' })).status, 200);
  assert.equal(await noteNow(), 'third');
});

test('never of what a supervisor wrote meanwhile: nothing of the request is kept, told or noted', async () => {
  await patch({ note: 'asked for the price', noteBefore: null });
  await patch({ note: 'promised 10 % off' }, BOSS);
  const stream = await hearEvents(service, { sub: 'mona' });
  const late = { note: 'no answer', disposition: 'call-back', callBackAt: new Date(Date.now() + 60_000).toISOString() };
  await changed(await patch({ ...late, noteBefore: 'asked for the price' }));
  await changed(await patch({ ...late, noteBefore: null }));
  await changed(await patch({ note: null, noteBefore: 'asked for the price' }));
  const { note, disposition, callBack } = (await (await service.asAgent(path)).json()) as CallRecord;
  assert.deepEqual([note, disposition, callBack], ['promised 10 % off', null, undefined]);
  const { entries } = (await (await service.asAgent(`${path}/audit`, BOSS)).json()) as AuditPage;
  assert.equal(entries.filter(({ action }) => action === 'call-changed').length, 2);
  // With both texts, over what the call has by now.
  assert.equal((await patch({ ...late, note: 'both', noteBefore: 'promised 10 % off' })).status, 200);
  assert.equal((await stream.until('"both"')).includes('no answer'), false);
  await stream.stop();
});

test('the same request again, its answer lost, is kept already; so is half of a letter at the limit', async () => {
  for (const note of ['kept', 'cut in the middle of \ud83d']) {
    const before = await noteNow();
    for (let times = 0; times < 2; times++) {
      assert.equal((await patch({ note, noteBefore: before, disposition: 'call-back' })).status, 200, note);
    }
  }
  assert.equal((await patch({ note: 'after it', noteBefore: 'cut in the middle of \ud83d' })).status, 200);
});

test('without it, as ever: the last word counts; and of what is no note it says nothing', async () => {
  await patch({ note: 'theirs' });
  assert.equal((await patch({ disposition: 'call-back', noteBefore: 'mine' })).status, 200);
  assert.equal((await patch({ note: 'mine' })).status, 200);
  assert.equal(await noteNow(), 'mine');
});

test('of twenty that write at once over the same note, one is kept and the others are told', async () => {
  await patch({ note: 'before' });
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) => patch({ note: `of ${index}`, noteBefore: 'before' })),
  );
  assert.equal(answers.filter(({ status }) => status === 200).length, 1);
  assert.equal(answers.filter(({ status }) => status === 409).length, 19);
});

test('a note before that is none is refused', async () => {
  for (const noteBefore of ['x'.repeat(4001), 7]) assert.equal((await patch({ note: 'x', noteBefore })).status, 400);
});
