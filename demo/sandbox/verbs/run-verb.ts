import { TwimlError } from '../twiml/twiml-error.ts';
import type { Verb } from '../twiml/verbs.ts';
import { runDial } from './dial.ts';
import { runGather } from './gather.ts';
import { runPrompt } from './prompt.ts';
import { runRecord } from './record.ts';
import { addressIn, type Next, type VerbRun } from './verb-run.ts';

export async function runVerb(verb: Verb, run: VerbRun): Promise<Next> {
  switch (verb.verb) {
    case 'Say':
    case 'Play':
    case 'Pause':
      await runPrompt(verb, run);
      return undefined;
    case 'Dial':
      if (run.role === 'announcement') throw new TwimlError(12200, 'An announcement cannot hold a <Dial>.');
      return runDial(verb, run);
    case 'Record':
      return runRecord(verb, run);
    case 'Gather':
      return runGather(verb, run);
    case 'Redirect':
      return { url: verb.url ? addressIn(run, verb.url) : (run.documentUrl ?? ''), method: verb.method, fields: {} };
    case 'Reject':
      reject(run, verb.reason);
      return undefined;
    case 'Hangup':
      if (!run.leg.hasDialled) run.leg.answer();
      run.leg.hangUp();
      return undefined;
  }
}

/** Refuses a call that has not been answered, and ends one that has. */
function reject({ leg }: VerbRun, reason: 'rejected' | 'busy'): void {
  if (leg.answeredAt) return leg.hangUp();
  if (reason === 'busy')
    return leg.end({ status: 'busy', sipResponseCode: 486, error: { code: 31486, message: 'BusyHere' } });
  leg.end({ status: 'failed', sipResponseCode: 603, error: { code: 31603, message: 'Decline' } });
}
