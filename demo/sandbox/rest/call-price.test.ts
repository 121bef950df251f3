import assert from 'node:assert/strict';
import { it } from 'node:test';
import { callPrice } from './call-price.ts';

const ENDED = new Date('2026-11-28T10:00:00Z');
const address = { sid: 'CA1', called: '', direction: 'inbound' as const };
const browser = { ...address, from: 'client:mona', to: '' };
const telephone = { ...address, from: '+20224610000', to: '+201001234500' };
const answered = { answeredAt: new Date('2026-11-28T09:00:00Z'), endedAt: ENDED };
const afterMs = (ms: number) => new Date(ENDED.getTime() + ms);

it('has the price of a call a minute after its end, by started minutes', () => {
  assert.equal(callPrice({ address: telephone, ...answered, seconds: 61 }, afterMs(59_999)), null);
  assert.equal(callPrice({ address: telephone, ...answered, seconds: 61 }, afterMs(60_000)), '-0.17000');
  assert.equal(callPrice({ address: telephone, ...answered, seconds: 0 }, afterMs(60_000)), '-0.08500');
  assert.equal(callPrice({ address: browser, ...answered, seconds: 60 }, afterMs(60_000)), '-0.00400');
});

it('has none of a call that goes on, or that nobody answered', () => {
  const unanswered = { address: telephone, answeredAt: undefined, endedAt: ENDED, seconds: 0 };
  assert.equal(callPrice(unanswered, afterMs(600_000)), null);
  assert.equal(callPrice({ ...unanswered, ...answered, endedAt: undefined }, afterMs(600_000)), null);
});
