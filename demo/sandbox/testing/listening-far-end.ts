import type { FarEnd } from '../far-ends/far-end.ts';
import type { Telephone } from '../far-ends/telephone.ts';
import { FRAME_SAMPLES, type Frame } from '../ports.ts';

/** A far end that answers at once, says nothing, and keeps what it hears and which keys it hears. */
export class ListeningFarEnd implements FarEnd {
  readonly ringsMs = 100;
  readonly outcome = 'answers';
  readonly keys: string[] = [];
  readonly answered = Promise.withResolvers<Telephone>();
  #heard: Frame[] = [];

  async talk(telephone: Telephone): Promise<void> {
    this.answered.resolve(telephone);
    telephone.hear((frame) => this.#heard.push(frame));
    for (;;) this.keys.push(await telephone.nextKey());
  }

  /** All that it has heard since the last time it was asked. */
  heard(): Int16Array {
    const frames = this.#heard;
    this.#heard = [];
    const samples = new Int16Array(frames.length * FRAME_SAMPLES);
    frames.forEach((frame, index) => samples.set(frame, index * FRAME_SAMPLES));
    return samples;
  }
}

/** Whether a sound was heard as it is, sample by sample. */
export function contains(heard: Int16Array, sound: Int16Array): boolean {
  const bytes = (samples: Int16Array): Buffer => Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
  return bytes(heard).includes(bytes(sound));
}
