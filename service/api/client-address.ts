import { isIP } from 'node:net';
import { getConnInfo } from '@hono/node-server/conninfo';
import { readAddressRanges } from '../config/address-ranges.ts';
import type { AppContext } from '../environment.ts';

/** `[2001:db8::1]:443` and `192.0.2.1:443` as some proxies write them, and IPv4 as IPv6 sockets show it. */
function addressIn(text: string): string | undefined {
  const bare = /^\[(.+)\](?::\d+)?$/.exec(text)?.[1] ?? text.replace(/^([\d.]+):\d+$/, '$1');
  const address = bare.replace(/^::ffff:(?=[\d.]+$)/i, '');
  return isIP(address) === 0 ? undefined : address;
}

/** Whoever has one IPv6 address has the other 2^64 of its network too: the first four groups. */
function networkOf(address: string): string {
  if (isIP(address) === 4) return address;
  const { hostname } = new URL(`http://[${address.replace(/%.*$/, '')}]`);
  const [head = '', tail] = hostname.slice(1, -1).split('::');
  const left = head.split(':').filter(Boolean);
  const right = (tail ?? '').split(':').filter(Boolean);
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length;
  return `${[...left, ...Array<string>(zeros).fill('0'), ...right].slice(0, 4).join(':')}::/64`;
}

/**
 * Tells from which address a request comes: the socket's, or, where that is a trusted proxy's, the last one in
 * X-Forwarded-For that is not. Undefined for a request that came over no network.
 */
export function clientAddress(trustedProxies: readonly string[]): (c: AppContext) => string | undefined {
  const trusted = readAddressRanges(trustedProxies)!;
  const isTrusted = (address: string) => trusted.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6');
  return (c) => {
    const socket = c.env ? getConnInfo(c).remote.address : undefined;
    let address = socket && addressIn(socket);
    if (!address) return undefined;
    const forwarded = (c.req.header('x-forwarded-for') ?? '').split(',');
    while (isTrusted(address)) {
      const before = forwarded.pop();
      const next = before === undefined ? undefined : addressIn(before.trim());
      if (!next) break;
      address = next;
    }
    return networkOf(address);
  };
}
