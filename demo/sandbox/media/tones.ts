import { SAMPLE_RATE } from '../ports.ts';

const FULL_SCALE = 32_767;

function samplesIn(ms: number): number {
  return Math.round((SAMPLE_RATE * ms) / 1000);
}

/** Sines heard together, with 5 ms ramps so that nothing clicks. `level` is a share of full scale. */
export function chord(frequencies: readonly number[], ms: number, level = 0.3): Int16Array {
  const count = samplesIn(ms);
  const ramp = samplesIn(5);
  return Int16Array.from({ length: count }, (_, index) => {
    const sum = frequencies.reduce((total, hz) => total + Math.sin((2 * Math.PI * hz * index) / SAMPLE_RATE), 0);
    const envelope = Math.min(1, index / ramp, (count - 1 - index) / ramp);
    return (FULL_SCALE * level * envelope * sum) / frequencies.length;
  });
}

export function tone(hz: number, ms: number, level?: number): Int16Array {
  return chord([hz], ms, level);
}

export function silence(ms: number): Int16Array {
  return new Int16Array(samplesIn(ms));
}

export function concat(...parts: Int16Array[]): Int16Array {
  const joined = new Int16Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

const DTMF_KEYS = ['123A', '456B', '789C', '*0#D'];
const DTMF_ROWS = [697, 770, 852, 941];
const DTMF_COLUMNS = [1209, 1336, 1477, 1633];

/** The two tones of a key (ITU-T Q.23); silence for a character that is no key. */
export function dtmfTone(digit: string, ms: number): Int16Array {
  const row = DTMF_KEYS.findIndex((keys) => keys.includes(digit));
  if (row === -1 || digit.length !== 1) return silence(ms);
  return chord([DTMF_ROWS[row]!, DTMF_COLUMNS[DTMF_KEYS[row]!.indexOf(digit)]!], ms);
}
