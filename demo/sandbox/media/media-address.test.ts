import assert from 'node:assert/strict';
import type { NetworkInterfaceInfo } from 'node:os';
import { test } from 'node:test';
import { mediaAddress } from './media-address.ts';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0';
const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36';
const on = (address: string, family: 'IPv4' | 'IPv6', internal = false) =>
  ({ address, family, internal }) as NetworkInterfaceInfo;
const INTERFACES = {
  lo: [on('127.0.0.1', 'IPv4', true), on('::1', 'IPv6', true)],
  eth0: [on('fe80::1', 'IPv6'), on('192.0.2.7', 'IPv4')],
};

test('media stay on loopback, but Firefox is met at the machine’s own address, since it pairs none with loopback', () => {
  assert.equal(mediaAddress(CHROME, INTERFACES), '127.0.0.1');
  assert.equal(mediaAddress(undefined, INTERFACES), '127.0.0.1');
  assert.equal(mediaAddress(FIREFOX, INTERFACES), '192.0.2.7');
  assert.equal(mediaAddress(FIREFOX, { lo: INTERFACES.lo }), '127.0.0.1');
});
