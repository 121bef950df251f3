import { phrase } from '../media/speech.ts';
import { silence } from '../media/tones.ts';
import type { Telephone } from './telephone.ts';

const DELAY_MS = 400;

/** Says what it is, then gives everything back that it hears, 400 ms later. */
export async function echo(telephone: Telephone): Promise<void> {
  await telephone.say(phrase('echo'));
  const repeat = (samples: Int16Array): void => void telephone.say(samples).catch(() => {});
  repeat(silence(DELAY_MS));
  telephone.hear(repeat);
}
