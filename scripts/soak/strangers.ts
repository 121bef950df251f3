/** The service behind a proxy of ours: strangers come from many addresses, and none of them meets the limit of one. */
export const BEHIND_PROXY = { TRUSTED_PROXIES: '127.0.0.1' };

let made = 0;

/** The header by which such a proxy tells of a stranger that was not there before. */
export function fromElsewhere(): Record<string, string> {
  made += 1;
  return { 'x-forwarded-for': `203.${(made >> 16) & 255}.${(made >> 8) & 255}.${made & 255}` };
}
