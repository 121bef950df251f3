import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { readAddressRanges } from '../config/address-ranges.ts';

/** Where Twilio keeps recordings: its own hosts, and storage of S3 (the bucket is part of the name, or of the path). */
const TWILIO_KEEPS_AT = [/\.twilio\.com$/, /\.twiliocdn\.com$/, /(?:^|\.)s3(?:[.-][a-z0-9-]+)*\.amazonaws\.com$/];

/** This machine, its network, and what else is nobody's public address (RFC 6890). */
const PRIVATE = readAddressRanges(
  (
    '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.168.0.0/16 ' +
    '198.18.0.0/15 224.0.0.0/4 240.0.0.0/4 ::/128 ::1/128 64:ff9b::/96 fc00::/7 fe80::/10 ff00::/8'
  ).split(' '),
)!;

export function isPrivateAddress(address: string): boolean {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  return PRIVATE.check(plain, isIP(plain) === 4 ? 'ipv4' : 'ipv6');
}

export interface MediaHostsOptions {
  /** Of the REST API: what it redirects to itself is allowed as it is. */
  baseUrl: string;
  /** Further hosts, as the operator named them: these may be private. */
  mediaHosts: readonly string[];
  /** Addresses of a host name; the system's resolver when absent. */
  addressesOf?: (host: string) => Promise<readonly string[]>;
}

async function resolved(host: string): Promise<string[]> {
  return (await lookup(host, { all: true })).map(({ address }) => address);
}

/** Rejects with a reason when the carrier's redirection leads where no recording of Twilio lies. */
export function mediaHosts({ baseUrl, mediaHosts: named, addressesOf = resolved }: MediaHostsOptions) {
  const base = new URL(baseUrl);
  return async ({ protocol, host, hostname }: URL): Promise<void> => {
    if (protocol === base.protocol && host === base.host) return;
    // Never to a place less safe than the carrier itself.
    if (protocol !== 'https:' && protocol !== base.protocol)
      throw new Error(`the carrier redirects the recording to ${protocol} addresses`);
    if (named.includes(hostname)) return;
    if (!TWILIO_KEEPS_AT.some((pattern) => pattern.test(hostname))) {
      throw new Error(`the carrier redirects the recording to ${hostname}, which RECORDING_MEDIA_HOSTS does not name`);
    }
    if ((await addressesOf(hostname)).some(isPrivateAddress)) {
      throw new Error(`the carrier redirects the recording to ${hostname}, which is in a private network`);
    }
  };
}
