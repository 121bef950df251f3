import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { filtersSet, matches, NO_FILTERS, queryOf, searchOf } from './call-filters.ts';
import { callRecord } from './testing/call-record.ts';

const NOW = new Date(2026, 10, 23, 15, 30);
const local = (day: number) => new Date(2026, 10, day).toISOString();
const query = (some: object) => Object.fromEntries(queryOf({ ...NO_FILTERS, ...some }, NOW));

describe('filters', () => {
  test('that are not set are not in the query', () => {
    assert.deepEqual(query({}), {});
    assert.equal(filtersSet(NO_FILTERS), 0);
  });

  test('go to the service by its names', () => {
    const some = { direction: 'incoming', outcome: 'missed', callBacks: 'open', agent: 'mona', search: ' منى ' };
    assert.deepEqual(query(some), { ...some, search: 'منى' });
    assert.equal(filtersSet({ ...NO_FILTERS, direction: 'incoming', period: 'today', search: 'x' }), 2);
  });

  test('of a period are days of the reader, the last one whole', () => {
    assert.deepEqual(query({ period: 'today' }), { from: local(23) });
    assert.deepEqual(query({ period: 'yesterday' }), { from: local(22), to: local(23) });
    assert.deepEqual(query({ period: 'week' }), { from: local(17) });
    assert.deepEqual(query({ period: 'month' }), { from: new Date(2026, 9, 25).toISOString() });
    const custom = { period: 'custom', from: '2026-11-01', to: '2026-11-03' };
    assert.deepEqual(query(custom), { from: local(1), to: local(4) });
    assert.deepEqual(query({ ...custom, from: '' }), { to: local(4) });
    assert.deepEqual(query({ ...custom, from: 'x', to: '' }), {});
  });

  test('search a number however it was written', () => {
    for (const text of ['010 0123 4501', '٠١٠٠١٢٣٤٥٠١', '۰۱۰۰۱۲۳۴۵۰۱', '(010) 0123-4501', '\u200e010 01234501']) {
      assert.equal(searchOf(text), '1001234501', text);
    }
    assert.equal(searchOf('+20 100'), '20100');
    assert.equal(searchOf('00'), '00');
    assert.equal(searchOf('4501'), '4501');
    assert.equal(searchOf('  شركة 4501 '), 'شركة 4501');
  });

  test('decide whether a call that arrives belongs to what is shown', () => {
    const call = callRecord(1, { customer: { number: '+201001234501', name: 'Amélie Nasr' } });
    const fits = (some: object) => matches(call, { ...NO_FILTERS, ...some }, NOW);
    assert.ok(fits({}));
    assert.ok(fits({ direction: 'outgoing', outcome: 'answered', agent: 'mona', search: '٤٥٠١' }));
    assert.ok(fits({ search: 'amelie' }));
    const callBack = { at: call.createdAt, doneAt: null };
    const open = { ...NO_FILTERS, callBacks: 'open' } as const;
    assert.ok(matches({ ...call, callBack }, open, NOW));
    assert.equal(matches({ ...call, callBack: { ...callBack, doneAt: callBack.at } }, open, NOW), false);
    const hoda = { ...call, customer: { number: '+201001234501', name: 'هُدى  فاطمة' } };
    assert.ok(matches(hoda, { ...NO_FILTERS, search: 'هدي فاطمه' }, NOW));
    for (const some of [
      { direction: 'incoming' },
      { outcome: 'busy' },
      { agent: 'karim' },
      { callBacks: 'open' },
      { search: '4502' },
      { search: 'karim' },
      { period: 'custom', to: '2026-11-22' },
      { period: 'custom', from: '2026-11-24' },
    ]) {
      assert.equal(fits(some), false, JSON.stringify(some));
    }
  });
});
