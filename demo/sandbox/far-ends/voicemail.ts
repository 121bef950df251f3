import { phrase } from '../media/speech.ts';
import { concat, silence, tone } from '../media/tones.ts';
import type { Telephone } from './telephone.ts';

/** A greeting, a beep of half a second, then it listens. */
export async function voicemail(telephone: Telephone): Promise<void> {
  await telephone.say(concat(phrase('voicemail'), silence(200), tone(1000, 500)));
}
