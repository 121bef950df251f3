import assert from 'node:assert/strict';
import { test } from 'node:test';
import { silentMetrics } from '../calls/metrics.ts';
import type { CallLog } from '../calls/ports.ts';
import type { CallRecord } from '../contract.ts';
import { createLogger } from '../logger.ts';
import { createAudit } from '../storage/audit.ts';
import { createDeadlines } from '../storage/deadlines.ts';
import { createRecordingShelf } from '../storage/recording-shelf.ts';
import { emptyStore } from '../testing/empty-store.ts';
import { PARENT, RECORDING } from '../testing/test-service.ts';
import { recordingCopying } from './recording-copying.ts';

test('audio that never comes, of a recording that there is, is given up after a week of tries', async (t) => {
  const { store, remove } = await emptyStore();
  t.after(remove);
  const deadlines = createDeadlines(store);
  const call = { callId: '1', recordings: [{ recordingSid: RECORDING, status: 'completed' }] } as unknown as CallRecord;
  const results: string[] = [];
  let said = '';
  let now = Date.now();
  let asked = 0;
  const round = recordingCopying({
    log: { recordOf: () => Promise.resolve(call) } as unknown as CallLog,
    audit: createAudit(store),
    shelf: createRecordingShelf(store),
    deadlines,
    control: {
      end: () => Promise.resolve('over'),
      pauseRecording: () => Promise.resolve('not-running'),
      deleteRecording: () => Promise.resolve('busy'),
      hasRecording: () => Promise.resolve(true),
    },
    media: { open: () => Promise.resolve(void (asked += 1)) },
    copies: {
      keep: () => Promise.reject(new Error('nothing to keep')),
      open: () => Promise.resolve(undefined),
      remove: () => Promise.resolve(),
    },
    deleteAtCarrier: false,
    encryption: { isEncrypted: () => Promise.resolve(false), surelyIsEncrypted: () => Promise.resolve(false) },
    metrics: { ...silentMetrics, recordingCopy: (result) => results.push(result) },
    clock: () => new Date(now),
    logger: createLogger('error', { destination: { write: (line: string) => (said += line) } }),
    closing: new AbortController().signal,
  });
  const began = now;
  await deadlines.set('copy-recording', { key: RECORDING, detail: PARENT, attempts: 0 }, new Date(now));
  while (results.at(-1) !== 'given-up') {
    await round();
    now += 1_800_000;
  }
  assert.deepEqual(
    results.slice(0, -1),
    Array.from({ length: asked - 1 }, () => 'failed'),
  );
  assert.ok(now - began > 6 * 86_400_000);
  assert.match(said, /given up after a week/);
  assert.ok(said.includes(RECORDING));
  now += 86_400_000;
  await round();
  assert.equal(asked, results.length);
});
