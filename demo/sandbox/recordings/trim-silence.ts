import { rms } from '../media/level.ts';
import { FRAME_SAMPLES } from '../ports.ts';

/** A frame that is louder than this holds a sound. */
export const AUDIBLE = 0.005;

/** Cuts off the frames at both ends in which nobody is heard. */
export function trimSilence(channels: readonly Int16Array[]): Int16Array[] {
  const length = channels[0]?.length ?? 0;
  const isAudible = (start: number): boolean =>
    channels.some((channel) => rms(channel.subarray(start, start + FRAME_SAMPLES)) > AUDIBLE);
  let begin = 0;
  while (begin < length && !isAudible(begin)) begin += FRAME_SAMPLES;
  let end = length;
  while (end > begin && !isAudible(end - FRAME_SAMPLES)) end -= FRAME_SAMPLES;
  return channels.map((channel) => channel.slice(begin, end));
}
