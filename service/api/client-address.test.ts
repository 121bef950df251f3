import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AppContext } from '../environment.ts';
import { clientAddress } from './client-address.ts';

const of = clientAddress(['10.0.0.0/8', '2001:db8:1::/48']);

function seen(remoteAddress: string | undefined, forwarded?: string): string | undefined {
  const req = { header: () => forwarded };
  return of({ env: { incoming: { socket: { remoteAddress } } }, req } as unknown as AppContext);
}

const CASES: [string | undefined, string | undefined, string | undefined][] = [
  ['192.0.2.1', undefined, '192.0.2.1'],
  ['192.0.2.1', '198.51.100.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', undefined, '192.0.2.1'],
  ['10.0.0.1', undefined, '10.0.0.1'],
  ['10.0.0.1', '198.51.100.1', '198.51.100.1'],
  ['10.0.0.1', '198.51.100.1:4711', '198.51.100.1'],
  ['10.0.0.1', '1.1.1.1, 198.51.100.1, 10.0.0.2', '198.51.100.1'],
  ['10.0.0.1', '1.1.1.1, unknown', '10.0.0.1'],
  ['10.0.0.1', '10.0.0.3,10.0.0.2', '10.0.0.3'],
  ['10.0.0.1', '[2001:db8::1]:443', '2001:db8:0:0::/64'],
  ['2001:db8:1::5', '2001:db8:7:8:9:a:b:c', '2001:db8:7:8::/64'],
  ['2001:db8:7:8:ffff::1', undefined, '2001:db8:7:8::/64'],
  ['fe80::1%eth0', undefined, 'fe80:0:0:0::/64'],
  ['::1', undefined, '0:0:0:0::/64'],
  [undefined, '198.51.100.1', undefined],
];

for (const [socket, forwarded, expected] of CASES) {
  test(`a socket of ${socket} with X-Forwarded-For ${forwarded} is ${expected}`, () => {
    assert.equal(seen(socket, forwarded), expected);
  });
}

test('a request that came over no network has no address', () => {
  assert.equal(of({ env: undefined } as unknown as AppContext), undefined);
});
