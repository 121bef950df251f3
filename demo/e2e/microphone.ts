import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeWav } from '../sandbox/media/wav.ts';

/** What the agent "says" in the tests: beeps, since a steady tone would be taken for noise and suppressed. */
export const MICROPHONE_HZ = 440;

const SAMPLE_RATE = 48_000;
const BEEP_SECONDS = 0.3;

/** Writes the WAV file that Chromium plays into its fake microphone over and over. Returns its path. */
export function writeMicrophoneFile(directory: string, beeps = true): string {
  const samples = Int16Array.from({ length: SAMPLE_RATE * BEEP_SECONDS * 2 }, (_, index) => {
    const seconds = index / SAMPLE_RATE;
    return beeps && seconds < BEEP_SECONDS ? 12_000 * Math.sin(2 * Math.PI * MICROPHONE_HZ * seconds) : 0;
  });
  const path = join(directory, 'microphone.wav');
  writeFileSync(path, encodeWav([samples], SAMPLE_RATE));
  return path;
}
