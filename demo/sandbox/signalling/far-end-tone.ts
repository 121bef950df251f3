import { rms } from '../media/level.ts';
import type { AudioClock } from '../media/clock.ts';
import { tone } from '../media/tones.ts';
import { FRAME_SAMPLES, SAMPLE_RATE, type AudioEnd } from '../ports.ts';

export interface FarEndTone {
  /** Everything the browser said so far. */
  heard(): Int16Array;
  stop(): void;
}

/** Joins a browser's leg to a far end that hums at `hz` (0: is silent) and keeps what it hears. */
export function joinTone(clock: AudioClock, audio: AudioEnd, hz: number): FarEndTone {
  const hum = hz === 0 ? new Int16Array(FRAME_SAMPLES) : tone(hz, 1000, 0.3);
  const heard: Int16Array[] = [];
  let at = 0;
  const stop = clock.onTick(() => {
    heard.push(audio.take() ?? new Int16Array(FRAME_SAMPLES));
    audio.give(hum.slice(at % hum.length, (at % hum.length) + FRAME_SAMPLES));
    at += hz === 0 ? 0 : FRAME_SAMPLES;
  });
  return {
    stop,
    heard: () => {
      const all = new Int16Array(heard.length * FRAME_SAMPLES);
      heard.forEach((frame, index) => all.set(frame, index * FRAME_SAMPLES));
      return all;
    },
  };
}

/** Waits for the clock's next tick. */
async function nextTick(clock: AudioClock): Promise<void> {
  await new Promise<void>((resolve) => {
    const stop = clock.onTick(() => {
      stop();
      resolve();
    });
  });
}

/** Waits until what a browser said since now is louder than silence, for at most 5 s; tells whether it was. */
export async function becomesAudible(clock: AudioClock, far: FarEndTone): Promise<boolean> {
  const start = far.heard().length;
  for (let tick = 0; tick < 250; tick += 1) {
    await nextTick(clock);
    if (rms(far.heard().subarray(start)) > 0.01) return true;
  }
  return false;
}

/** Waits until a browser has said nothing at all for a second, for at most 5 s; tells whether it has. */
export async function fallsSilent(clock: AudioClock, far: FarEndTone): Promise<boolean> {
  for (let tick = 0; tick < 250; tick += 1) {
    await nextTick(clock);
    const lastSecond = far.heard().subarray(-SAMPLE_RATE);
    if (lastSecond.length === SAMPLE_RATE && rms(lastSecond) < 0.0001) return true;
  }
  return false;
}
