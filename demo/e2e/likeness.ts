/**
 * How much a sound holds another one, 0 to 1: the best normalised correlation of the other's loud middle with any place
 * of it. The same clip gives about 1, another word clearly less.
 */
export function likeness(sound: Int16Array, sought: Int16Array): number {
  const from = Math.floor(sought.length / 4);
  const needle = sought.subarray(from, from + 2000);
  const needleEnergy = needle.reduce((sum, sample) => sum + sample * sample, 0);
  let best = 0;
  let energy = sound.subarray(0, needle.length).reduce((sum, sample) => sum + sample * sample, 0);
  for (let at = 0; at + needle.length < sound.length; at += 1) {
    if (energy > needleEnergy / 100) {
      let product = 0;
      for (let index = 0; index < needle.length; index += 1) product += sound[at + index]! * needle[index]!;
      best = Math.max(best, product / Math.sqrt(energy * needleEnergy));
    }
    energy += sound[at + needle.length]! ** 2 - sound[at]! ** 2;
  }
  return best;
}
