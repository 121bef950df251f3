/**
 * UUID version 7: sorts by the time it was made.
 * @param now Milliseconds since the epoch.
 * @param random 16 random bytes; those of the time, the version and the variant are not used.
 * RFC 9562 §5.7.
 */
export function uuidV7(now: number, random: Uint8Array): string {
  const bytes = Array.from(random.subarray(0, 16));
  // 48 bits of time are more than a bitwise operator holds.
  for (let index = 0; index < 6; index += 1) bytes[index] = Math.floor(now / 256 ** (5 - index)) % 256;
  bytes[6] = 0x70 | (bytes[6]! & 0x0f);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
