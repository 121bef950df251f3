import { phrase } from '../media/speech.ts';
import { PHRASES, type PhraseName } from '../media/phrases.ts';
import { concat, dtmfTone } from '../media/tones.ts';
import type { Telephone } from './telephone.ts';

const NAMES: Readonly<Record<string, string>> = { '*': 'star', '#': 'pound' };

function isPhrase(name: string): name is PhraseName {
  return Object.hasOwn(PHRASES, name);
}

/** Invites to press keys, and says which one it was. */
export async function menu(telephone: Telephone): Promise<void> {
  void telephone.say(phrase('menu')).catch(() => {});
  for (;;) {
    const key = await telephone.nextKey();
    const name = `key-${NAMES[key] ?? key}`;
    await telephone.say(concat(phrase('pressed'), isPhrase(name) ? phrase(name) : dtmfTone(key, 300)));
  }
}
