import { BlockList, isIP } from 'node:net';

/** A set of addresses and of ranges such as `192.168.0.0/16`; undefined when one of them is neither. */
export function readAddressRanges(ranges: readonly string[]): BlockList | undefined {
  const set = new BlockList();
  for (const range of ranges) {
    const [address = '', bits, more] = range.split('/');
    const family = isIP(address);
    const longest = family === 4 ? 32 : 128;
    if (family === 0 || more !== undefined) return undefined;
    if (bits !== undefined && !(/^\d{1,3}$/.test(bits) && Number(bits) <= longest)) return undefined;
    set.addSubnet(address, bits === undefined ? longest : Number(bits), family === 4 ? 'ipv4' : 'ipv6');
  }
  return set;
}
