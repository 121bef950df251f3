import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CallControl, CallLog } from '../calls/ports.ts';
import { createLogger } from '../logger.ts';
import { createDeadlines } from '../storage/deadlines.ts';
import { emptyStore } from '../testing/empty-store.ts';
import { PARENT } from '../testing/test-service.ts';
import { dueWork } from './due-work.ts';

test('an agent who comes back while the carrier has trouble ending the call keeps it', async (t) => {
  const { store, remove } = await emptyStore();
  t.after(remove);
  const deadlines = createDeadlines(store);
  let now = Date.now();
  let asked = 0;
  const end = async () => {
    asked += 1;
    // As POST /back does.
    await deadlines.drop('end-call', 'call mona');
    throw new Error('the carrier answered 500');
  };
  const log = {
    get: () => Promise.resolve({ status: 'open', direction: 'outgoing', agent: { id: 'mona', name: null } }),
    legOf: () => Promise.resolve(PARENT),
  } as unknown as CallLog;
  const options = { deadlines, log, control: { end } as unknown as CallControl, logger: createLogger('silent') };
  const round = dueWork({ ...options, clock: () => new Date(now) });
  await deadlines.set('end-call', { key: 'call mona', detail: 'mona', attempts: 0 }, new Date(now));
  for (let rounds = 0; rounds < 5; rounds += 1) {
    await round();
    now += 120_000;
  }
  assert.equal(asked, 1);
});
