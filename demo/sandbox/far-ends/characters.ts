import { setTimeout as delay } from 'node:timers/promises';
import { phrase } from '../media/speech.ts';
import { concat, silence, tone } from '../media/tones.ts';
import type { PhraseName } from '../media/phrases.ts';
import { FRAME_MS, type Frame } from '../ports.ts';
import type { FarEnd } from './far-end.ts';
import type { Telephone } from './telephone.ts';

const RING_MS = 1000;
const ECHO_MS = 400;
/** The beep of the voicemail. */
export const BEEP_HZ = 1000;

/** A person who picks up says something after half a second. */
function say(...names: PhraseName[]) {
  return (telephone: Telephone) => telephone.say(concat(silence(500), ...names.map(phrase)));
}

function echo(telephone: Telephone): Promise<void> {
  const past: Frame[] = [];
  telephone.reply = (heard) => {
    past.push(heard);
    return past.length > ECHO_MS / FRAME_MS ? past.shift() : undefined;
  };
  return telephone.say(concat(silence(500), phrase('echo')));
}

function keyName(digit: string): PhraseName | undefined {
  if (/^\d$/.test(digit)) return `key-${digit}` as PhraseName;
  return digit === '*' ? 'key-star' : digit === '#' ? 'key-pound' : undefined;
}

function menu(telephone: Telephone): Promise<void> {
  telephone.onKey = (digit) => {
    const name = keyName(digit);
    if (name) void telephone.say(concat(phrase('pressed'), phrase(name)));
  };
  return telephone.say(concat(silence(500), phrase('menu')));
}

async function hangUpSoon(telephone: Telephone): Promise<void> {
  void telephone.say(concat(silence(500), phrase('short-call')));
  await delay(3000, undefined, { signal: telephone.over }).catch(() => {});
  telephone.putDown();
}

const ANSWERS: FarEnd = {
  about: 'answers and speaks, then listens',
  ringFor: RING_MS,
  talk: say('greeting', 'greeting-ar'),
};

/** The last two digits dialled choose who is there. */
const CHARACTERS: Readonly<Record<string, FarEnd>> = {
  '00': ANSWERS,
  '01': { about: 'echo: you hear what you say', ringFor: RING_MS, talk: echo },
  '02': { about: 'busy', ringFor: 200, unreachable: true, refusal: { status: 'busy', sipResponseCode: 486 } },
  '03': { about: 'rings, and nobody answers', ringFor: undefined },
  '04': { about: 'declines', ringFor: 1500, refusal: { status: 'busy', sipResponseCode: 603 } },
  '05': {
    about: 'not in service',
    ringFor: 200,
    unreachable: true,
    refusal: { status: 'failed', sipResponseCode: 404 },
  },
  '06': { about: 'answers and hangs up after 3 s', ringFor: RING_MS, talk: hangUpSoon },
  '07': { about: 'a menu that says which key you pressed', ringFor: RING_MS, talk: menu },
  '08': {
    about: 'voicemail with a beep',
    ringFor: RING_MS,
    talk: (telephone) => telephone.say(concat(silence(300), phrase('voicemail'), silence(300), tone(BEEP_HZ, 500))),
  },
  '09': { about: 'answers after 8 s', ringFor: 8000, talk: say('greeting') },
};

/** Who answers an E.164 number; any other ending answers like 00. */
export function farEndOf(number: string, more: Readonly<Record<string, FarEnd>> = {}): FarEnd {
  const ending = number.slice(-2);
  return more[ending] ?? CHARACTERS[ending] ?? ANSWERS;
}
