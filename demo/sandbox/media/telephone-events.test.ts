import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TelephoneEvents } from './telephone-events.ts';

const packet = (event: number, end = false) => Uint8Array.of(event, end ? 0x8a : 0x0a, 0x01, 0x40);

test('one press is one key, however many packets tell of it (RFC 4733)', () => {
  const events = new TelephoneEvents();
  assert.equal(events.read(packet(5), 1000), '5');
  for (let count = 0; count < 10; count += 1) assert.equal(events.read(packet(5), 1000), undefined);
  for (let count = 0; count < 3; count += 1) assert.equal(events.read(packet(5, true), 1000), undefined);
});

test('the same key again is a new press; star and pound have their names', () => {
  const events = new TelephoneEvents();
  assert.equal(events.read(packet(5), 1000), '5');
  assert.equal(events.read(packet(5), 3000), '5');
  assert.equal(events.read(packet(10), 5000), '*');
  assert.equal(events.read(packet(11), 7000), '#');
});

test('a press whose first packets are lost is still heard; what is no key is not', () => {
  assert.equal(new TelephoneEvents().read(packet(3, true), 1000), '3');
  assert.equal(new TelephoneEvents().read(packet(16), 1000), undefined);
  assert.equal(new TelephoneEvents().read(Uint8Array.of(1, 2), 1000), undefined);
});
