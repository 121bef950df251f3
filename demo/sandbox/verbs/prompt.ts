import { speak } from '../media/speech.ts';
import type { Pause, Play, Say } from '../twiml/verbs.ts';
import { wait } from '../switch/waiting.ts';
import { fetchSound } from './fetch-sound.ts';
import { addressIn, type VerbRun } from './verb-run.ts';

const KEY_MS = 260;

/** Lets the party hear something. Only `<Pause>` leaves a call unanswered. */
export async function runPrompt(verb: Say | Play | Pause, run: VerbRun): Promise<void> {
  const { leg, signal } = run;
  if (verb.verb === 'Pause') return wait(verb.seconds * 1000, signal);
  leg.answer();
  if (verb.verb === 'Play' && verb.digits) return pressKeys(verb.digits, run);
  const samples = verb.verb === 'Say' ? speak(verb.text) : await fetchSound(addressIn(run, verb.url), signal);
  for (let round = 0; (verb.loop === 0 || round < verb.loop) && !signal.aborted; round += 1) {
    await leg.line?.play(samples, signal);
  }
}

/** Presses keys for the other party to hear; `w` waits half a second, `W` a whole one. */
export async function pressKeys(keys: string, { leg, signal }: Pick<VerbRun, 'leg' | 'signal'>): Promise<void> {
  for (const key of keys) {
    if (signal.aborted) return;
    if (key !== 'w' && key !== 'W') leg.sendDigit(key);
    await wait(key === 'w' ? 500 : key === 'W' ? 1000 : KEY_MS, signal);
  }
}
