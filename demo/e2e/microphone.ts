import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the agent "says" in the tests: beeps, since a steady tone would be taken for noise and suppressed. */
export const MICROPHONE_HZ = 440;

const SAMPLE_RATE = 48_000;
const BEEP_SECONDS = 0.3;

/** Writes the WAV file that Chromium plays into its fake microphone over and over. Returns its path. */
export function writeMicrophoneFile(directory: string): string {
  const samples = Int16Array.from({ length: SAMPLE_RATE * BEEP_SECONDS * 2 }, (_, index) => {
    const seconds = index / SAMPLE_RATE;
    return seconds < BEEP_SECONDS ? 12_000 * Math.sin(2 * Math.PI * MICROPHONE_HZ * seconds) : 0;
  });
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples.byteLength, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(SAMPLE_RATE, 24);
  header.writeUInt32LE(SAMPLE_RATE * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples.byteLength, 40);
  const path = join(directory, 'microphone.wav');
  writeFileSync(path, Buffer.concat([header, Buffer.from(samples.buffer)]));
  return path;
}
