import { bridge } from '../switch/bridge.ts';
import type { Leg } from '../switch/leg.ts';
import { wait } from '../switch/waiting.ts';
import type { Dial, DialClient, DialNumber } from '../twiml/verbs.ts';
import { pressKeys } from './prompt.ts';
import { addressIn, type VerbRun } from './verb-run.ts';

export interface ConversationEnd {
  /** Who or what ended it; `moved` when the REST API gave the child other TwiML. */
  by: 'child' | 'caller' | 'star' | 'time-limit' | 'moved';
  /** Whether the two have heard each other. */
  bridged: boolean;
}

/** Plays the announcement to the party that answered, joins it with the caller, and waits for the end. */
export async function converse(
  dial: Dial,
  { noun, child }: { noun: DialNumber | DialClient; child: Leg },
  stopRingback: (() => void) | undefined,
  run: VerbRun,
): Promise<ConversationEnd> {
  const { leg, scripts, signal } = run;
  const moved = new AbortController();
  const starred = new AbortController();
  child.onRedirect = (request) => {
    moved.abort();
    scripts.start(child, request);
  };
  const over = AbortSignal.any([signal, child.ended, moved.signal, starred.signal]);

  await prepare(noun, child, over, run);
  stopRingback?.();
  const bridged = !over.aborted;
  if (bridged) {
    leg.answer();
    const part = bridge(leg, child);
    const stopListening = leg.onDigit((digit) => {
      if (dial.hangupOnStar && digit === '*') starred.abort();
    });
    await wait(dial.timeLimitSeconds * 1000, over);
    stopListening();
    part();
  }

  if (moved.signal.aborted) return { by: 'moved', bridged };
  const byChild = child.ended.aborted;
  child.hangUp();
  if (byChild) return { by: 'child', bridged };
  if (starred.signal.aborted) return { by: 'star', bridged };
  return { by: signal.aborted ? 'caller' : 'time-limit', bridged };
}

/** The called party's own TwiML and keys, before it is joined. */
async function prepare(noun: DialNumber | DialClient, child: Leg, over: AbortSignal, run: VerbRun): Promise<void> {
  if (noun.announcement) {
    const { url, method } = noun.announcement;
    await run.scripts.announce(child, { url: addressIn(run, url), method, fields: {} }, over);
  }
  if (noun.noun === 'Number' && noun.sendDigits) await pressKeys(noun.sendDigits, { leg: child, signal: over });
}
