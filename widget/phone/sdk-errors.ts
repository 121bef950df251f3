import type { Verdict } from '../core/events.ts';
import type { Outcome, Problem, ProblemCode } from '../core/state.ts';
import type { VoiceError } from './voice-sdk.ts';

/** SIP answers that are an end like any other. Twilio: Voice SDK error codes. */
const OUTCOMES: Readonly<Record<number, Outcome>> = { 31008: 'missed', 31480: 'no-answer', 31486: 'busy' };

/**
 * Error codes that mean something else to an agent than that the carrier refused. Those below 53000 that are not here
 * mean just that; 31404 and 31603 also that the carrier could not get TwiML from the service.
 * Twilio: Error and warning dictionary.
 */
const PROBLEMS: { readonly [C in ProblemCode]?: readonly number[] } = {
  'access-token-invalid': [20101, 31202, 31204],
  'access-token-expired': [20104, 31205],
  'connection-lost': [31003, 31005, 31009, 53000, 53001],
  'media-lost': [53405],
  'unsupported-browser': [53400, 53402],
  'microphone-denied': [31208, 31401],
  'microphone-unavailable': [31402],
  'country-refused': [13227, 21215, 32205],
  'number-invalid': [13224, 21211],
  'no-caller-id': [21210, 21212],
  unknown: [31000],
};

const TABLE = Object.entries(PROBLEMS) as readonly [ProblemCode, readonly number[]][];

/** The carrier's own number: `ConnectionError` (31005) is also what the SDK makes of one that it does not know. */
function numberOf({ code, originalError }: VoiceError): number {
  const own = (originalError as { code?: unknown } | null | undefined)?.code;
  return code === 31005 && typeof own === 'number' ? own : code;
}

/** The problem that an error of the SDK is to the agent. */
export function problemOfSdk(error: VoiceError): Problem {
  const number = numberOf(error);
  const known = TABLE.find(([, numbers]) => numbers.includes(number))?.[0];
  const code = known ?? (number < 53_000 ? 'carrier-refused' : 'unknown');
  return Object.freeze({ code, carrierCode: number });
}

/** What an error says of the call that it ended. */
export function verdictOfSdk(error: VoiceError): Verdict {
  const outcome = OUTCOMES[numberOf(error)];
  return outcome ? { outcome, problem: null } : { outcome: null, problem: problemOfSdk(error) };
}
