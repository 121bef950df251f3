import { SAMPLE_RATE } from '../ports.ts';

const WINDOW = SAMPLE_RATE / 10;

/** Loudness of 16-bit samples, 0 to 1. */
export function rms(samples: Int16Array): number {
  const energy = samples.reduce((sum, sample) => sum + sample * sample, 0);
  return samples.length === 0 ? 0 : Math.sqrt(energy / samples.length) / 32_768;
}

/**
 * How much of the sound is one frequency, 0 to 1 (Goertzel), in the 100 ms window where it is most. Windows quieter
 * than rms 0.005 do not count, so silence measures 0.
 */
export function goertzelShare(samples: Int16Array, hz: number, sampleRate = SAMPLE_RATE): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * hz) / sampleRate);
  let best = 0;
  for (let start = 0; start + WINDOW <= samples.length; start += WINDOW / 2) {
    const window = samples.subarray(start, start + WINDOW);
    if (rms(window) < 0.005) continue;
    let previous = 0;
    let before = 0;
    let energy = 0;
    for (const sample of window) {
      const next = sample + coefficient * previous - before;
      before = previous;
      previous = next;
      energy += sample * sample;
    }
    const power = previous * previous + before * before - coefficient * previous * before;
    best = Math.max(best, (2 * power) / (WINDOW * energy));
  }
  return best;
}
