/**
 * UUID version 7: sorts by the time it was made (RFC 9562 §5.7).
 * @param now Milliseconds since the epoch.
 * @param random Ten bytes.
 */
export function uuidV7(now: number, random: Uint8Array): string {
  const time = now.toString(16).padStart(12, '0');
  const [version = 0, second = 0, variant = 0, ...rest] = random;
  const bytes = [0x70 | (version & 0x0f), second, 0x80 | (variant & 0x3f), ...rest];
  const hex = time + bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
