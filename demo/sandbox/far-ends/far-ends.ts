import { phrase } from '../media/speech.ts';
import { concat, silence } from '../media/tones.ts';
import { echo } from './echo.ts';
import type { FarEnd } from './far-end.ts';
import { menu } from './menu.ts';
import { voicemail } from './voicemail.ts';

/** Answers, speaks in Arabic and in English, and listens until the other side hangs up. */
export const USUAL_FAR_END: FarEnd = {
  ringsMs: 1000,
  outcome: 'answers',
  async talk(telephone) {
    await telephone.say(concat(silence(300), phrase('greeting-ar'), silence(300), phrase('greeting')));
  },
};

/** Who answers at a number, by its last two digits. */
export const FAR_ENDS: Readonly<Record<string, FarEnd>> = {
  '00': USUAL_FAR_END,
  '01': { ringsMs: 1000, outcome: 'answers', talk: echo },
  '02': { ringsMs: undefined, outcome: 'busy' },
  '03': { ringsMs: 0, outcome: 'never-answers' },
  '04': { ringsMs: 1500, outcome: 'declines' },
  '05': { ringsMs: undefined, outcome: 'not-in-service' },
  '06': {
    ringsMs: 1000,
    outcome: 'answers',
    async talk(telephone) {
      void telephone.say(phrase('short-call')).catch(() => {});
      await telephone.pause(3000);
      telephone.hangUp();
    },
  },
  '07': { ringsMs: 1000, outcome: 'answers', talk: menu },
  '08': { ringsMs: 1500, outcome: 'answers', talk: voicemail },
  '09': { ...USUAL_FAR_END, ringsMs: 8000 },
};
