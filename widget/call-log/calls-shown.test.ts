import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  isBeyond,
  NO_CALLS,
  withCalls,
  withFirstPage,
  withNewestPage,
  withOlderPage,
  withoutCall,
} from './calls-shown.ts';
import { callRecord, idsOf } from './testing/call-record.ts';

describe('the calls shown', () => {
  const shown = withFirstPage(NO_CALLS, { calls: [callRecord(2), callRecord(3)], nextCursor: 'older' });

  test('are ready with the first page, newest first', () => {
    assert.equal(shown.phase, 'ready');
    assert.equal(idsOf(shown.calls), '2 3');
    assert.equal(shown.olderCursor, 'older');
  });

  test('have a changed call in its place and a new one on top', () => {
    const changed = withCalls(shown, [callRecord(3, { status: 'open' }), callRecord(1, { status: 'dialing' })]);
    assert.equal(idsOf(changed.calls), '1 2 3');
    assert.equal(changed.calls[2]?.status, 'open');
    assert.equal(withCalls(shown, []), shown);
  });

  test('keep older pages across a connection', () => {
    const older = withOlderPage(shown, { calls: [callRecord(4)], nextCursor: null });
    const again = withNewestPage(older, { calls: [callRecord(1), callRecord(2)], nextCursor: 'other' });
    assert.equal(idsOf(again.calls), '1 2 3 4');
    assert.equal(again.olderCursor, null);
  });

  test('lose what left the filters while nothing was heard', () => {
    const older = withOlderPage(shown, { calls: [callRecord(9)], nextCursor: null });
    const again = withNewestPage(older, { calls: [callRecord(1), callRecord(3)], nextCursor: 'other' });
    assert.equal(idsOf(again.calls), '1 3 9');
    assert.equal(idsOf(withNewestPage(again, { calls: [callRecord(3)], nextCursor: null }).calls), '3');
  });

  test('start anew when calls may be missing in between', () => {
    const again = withNewestPage(withOlderPage(shown, { calls: [callRecord(9)], nextCursor: null }), {
      calls: [callRecord(0), callRecord(1)],
      nextCursor: 'gap',
    });
    assert.equal(idsOf(again.calls), '0 1');
    assert.equal(again.olderCursor, 'gap');
  });

  test('of other filters have nothing of the last ones', () => {
    const others = withFirstPage({ ...shown, busy: true }, { calls: [callRecord(7)], nextCursor: null });
    assert.equal(idsOf(others.calls), '7');
    assert.equal(others.busy, false);
  });

  test('lose a call that belongs to them no longer', () => {
    assert.equal(idsOf(withoutCall(shown, callRecord(2).callId).calls), '3');
    assert.equal(withoutCall(shown, 'unknown'), shown);
  });

  test('to call back are in the order in which they are due, across pages and a connection', () => {
    const due = (age: number, minute: number) =>
      callRecord(age, { callBack: { at: `2026-11-28T10:${minute}:00.000Z`, doneAt: null } });
    const first = withFirstPage(
      { ...NO_CALLS, dueFirst: true },
      { calls: [due(3, 10), due(1, 20)], nextCursor: 'later' },
    );
    assert.equal(idsOf(first.calls), '3 1');
    assert.equal(idsOf(withCalls(first, [due(1, 15), due(2, 12)]).calls), '3 2 1');
    assert.ok(isBeyond(first, due(4, 30)));
    assert.ok(!isBeyond(first, due(4, 15)));
    assert.ok(!isBeyond({ ...first, olderCursor: null }, due(4, 30)));
    const all = withOlderPage(first, { calls: [due(4, 30)], nextCursor: null });
    const again = withNewestPage(all, { calls: [due(3, 10), due(5, 11)], nextCursor: 'later' });
    assert.equal(idsOf(again.calls), '3 5 1 4');
  });

  test('of one minute are in the order of their ids', () => {
    const twin = { ...callRecord(2), callId: callRecord(5).callId };
    assert.equal(idsOf(withCalls(shown, [twin]).calls), '5 2 3');
  });
});
