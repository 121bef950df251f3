import type { Gather } from '../twiml/verbs.ts';
import { KeyPresses } from './key-presses.ts';
import { runPrompt } from './prompt.ts';
import { actionRequest, type Next, type VerbRun } from './verb-run.ts';

/** Collects keys, while prompts are heard and after; the first key silences them. Without `bargeIn`, only after. */
export async function runGather(gather: Gather, run: VerbRun): Promise<Next> {
  const { leg, signal } = run;
  leg.answer();
  if (!gather.bargeIn) await runPrompts(gather, run);
  const presses = new KeyPresses(leg);
  const interrupted = new AbortController();
  const stopListening = leg.onDigit(() => interrupted.abort());
  try {
    if (gather.bargeIn) {
      await runPrompts(gather, { ...run, signal: AbortSignal.any([signal, interrupted.signal]) });
    }
    const { digits, finishedOn } = await collect(gather, presses, signal);
    if (signal.aborted || (digits === '' && !gather.actionOnEmptyResult)) return undefined;
    return actionRequest(run, gather.action, { Digits: digits, ...(finishedOn && { FinishedOnKey: finishedOn }) });
  } finally {
    stopListening();
    presses.stop();
  }
}

async function runPrompts({ prompts }: Gather, run: VerbRun): Promise<void> {
  for (const prompt of prompts) {
    if (!run.signal.aborted) await runPrompt(prompt, run);
  }
}

async function collect(
  { numDigits = Infinity, timeoutSeconds, finishOnKey }: Gather,
  presses: KeyPresses,
  signal: AbortSignal,
) {
  let digits = '';
  while (digits.length < numDigits && !signal.aborted) {
    const key = await presses.next(timeoutSeconds * 1000, signal);
    if (key === undefined) break;
    if (finishOnKey.includes(key)) return { digits, finishedOn: key };
    digits += key;
  }
  return { digits, finishedOn: undefined };
}
