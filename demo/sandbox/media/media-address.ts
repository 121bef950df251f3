import { networkInterfaces } from 'node:os';

export const LOOPBACK = '127.0.0.1';

/**
 * The IPv4 address at which the carrier meets a browser of this machine: loopback, but for Firefox, whose ICE pairs
 * loopback with loopback only and has no such candidate. It is met at the machine's own address, if there is one.
 */
export function mediaAddress(userAgent = '', interfaces = networkInterfaces()): string {
  if (!userAgent.includes('Firefox/')) return LOOPBACK;
  const own = Object.values(interfaces)
    .flat()
    .find((each) => each?.family === 'IPv4' && !each.internal);
  return own?.address ?? LOOPBACK;
}
