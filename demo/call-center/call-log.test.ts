import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CallRecord } from '../../service/contract.ts';
import { EMPTY_LOG, withCalls, withNewestPage, withOlderPage } from './call-log.ts';

function call(callId: string, minute: number, status: CallRecord['status'] = 'ended'): CallRecord {
  return {
    callId,
    direction: 'outgoing',
    status,
    outcome: status === 'ended' ? 'answered' : null,
    agent: { id: 'mona', name: null },
    customer: { number: '+201001234501', name: null },
    callerId: null,
    createdAt: `2026-11-23T12:${String(minute).padStart(2, '0')}:00.000Z`,
    ringingAt: null,
    answeredAt: null,
    endedAt: null,
    durationSeconds: null,
    recordings: [],
  };
}

const ids = (calls: readonly CallRecord[]) => calls.map(({ callId }) => callId).join(' ');

describe('the call log', () => {
  const shown = withNewestPage(EMPTY_LOG, { calls: [call('c', 3), call('b', 2)], nextCursor: 'older' });

  it('is ready with the first page, newest first', () => {
    assert.equal(shown.phase, 'ready');
    assert.equal(ids(shown.calls), 'c b');
    assert.equal(shown.olderCursor, 'older');
  });

  it('puts a changed call in its place and a new one on top', () => {
    const changed = withCalls(shown, [call('b', 2, 'open'), call('d', 4, 'dialing')]);
    assert.equal(ids(changed.calls), 'd c b');
    assert.equal(changed.calls[2]?.status, 'open');
  });

  it('keeps older pages when it reconnects', () => {
    const older = withOlderPage(shown, { calls: [call('a', 1)], nextCursor: null });
    const again = withNewestPage(older, { calls: [call('d', 4), call('c', 3)], nextCursor: 'other' });
    assert.equal(ids(again.calls), 'd c b a');
    assert.equal(again.olderCursor, null);
  });

  it('starts anew when calls may be missing in between', () => {
    const again = withNewestPage(shown, { calls: [call('z', 30), call('y', 29)], nextCursor: 'gap' });
    assert.equal(ids(again.calls), 'z y');
    assert.equal(again.olderCursor, 'gap');
  });
});
