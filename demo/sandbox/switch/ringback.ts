import { chord, concat, silence } from '../media/tones.ts';
import { FRAME_SAMPLES } from '../ports.ts';
import type { AudioSource } from './audio-line.ts';

/** One period of the Egyptian ringing tone (ITU-T E.180 supplement 2): 425 Hz, 2 s on and 1 s off. */
const PERIOD = concat(chord([425], 2000, 0.1), silence(1000));

/** What a caller hears while the far end rings. */
export function ringback(): AudioSource {
  let at = 0;
  return () => {
    const frame = PERIOD.subarray(at, at + FRAME_SAMPLES);
    at = (at + FRAME_SAMPLES) % PERIOD.length;
    return frame;
  };
}
