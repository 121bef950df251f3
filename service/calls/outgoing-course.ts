import type { CallOutcome, CallStatus } from '../contract.ts';
import { byKey, earliest, lastWord, secondsBetween, type CallCourse } from './call-course.ts';
import { isBridged, isTerminal, type CallEvent, type DialResultEvent, type LegStatusEvent } from './call-event.ts';

/** SIP final answers (RFC 3261 §21) say more than the carrier's status: a declined call arrives as `busy`. */
function outcomeOfSip(code: number | null): CallOutcome | undefined {
  if (code === 603) return 'declined';
  if (code === 486 || code === 600) return 'busy';
  if (code === 404 || code === 410 || code === 484 || code === 604) return 'not-in-service';
  if (code === 408 || code === 480 || code === 487) return 'no-answer';
  return undefined;
}

const OUTCOME_OF_STATUS: Record<string, CallOutcome> = {
  completed: 'answered',
  answered: 'answered',
  busy: 'busy',
  'no-answer': 'no-answer',
  canceled: 'canceled',
  failed: 'failed',
};

/** The last words on an ended conversation, as far as they have been heard. */
interface Ends {
  child: LegStatusEvent | undefined;
  dial: DialResultEvent | undefined;
  parent: LegStatusEvent | undefined;
}

/**
 * Whether the agent left before an answer. Twilio keeps the status `canceled` for its REST API and calls this one
 * `no-answer` too; but it asks for the dial's result while the agent waits, before it ends the agent's leg.
 */
function agentLeft({ child, dial, parent }: Ends): boolean {
  if ([child?.status, dial?.dialStatus, parent?.status].includes('canceled')) return true;
  // The REST API tells the two apart itself.
  if (child?.source === 'rest') return false;
  // 487: the carrier took its call back. Any other code is the far end's own answer.
  const takenBack = !child || (child.status === 'no-answer' && [487, null].includes(child.sipResponseCode));
  if (!takenBack) return false;
  if (dial) return dial.dialStatus === 'no-answer' && isTerminal(dial.status);
  return parent?.status === 'completed' || parent?.status === 'no-answer';
}

function outcomeOf(answered: boolean, ends: Ends): CallOutcome {
  if (answered) return 'answered';
  if (agentLeft(ends)) return 'canceled';
  const { child, dial } = ends;
  const verdict = child && (outcomeOfSip(child.sipResponseCode) ?? OUTCOME_OF_STATUS[child.status]);
  if (verdict && verdict !== 'answered') return verdict;
  const dialed = dial && OUTCOME_OF_STATUS[dial.dialStatus];
  return dialed && dialed !== 'answered' ? dialed : 'failed';
}

/** The agent's leg is the parent, the customer's its child. `set` holds one event of each key. */
export function outgoingCourse(set: readonly CallEvent[]): CallCourse {
  const legs = set.filter((event) => event.kind === 'leg-status');
  const child = legs.filter((event) => event.parentCallSid !== null);
  const dial = set.filter((event) => event.kind === 'dial-result').sort(byKey)[0];

  const childEnd = lastWord(child);
  const parentEnd = lastWord(legs.filter((event) => event.parentCallSid === null));
  const answeredEvents = child.filter((event) => event.status === 'in-progress');
  const bridged = dial !== undefined && isBridged(dial);
  const answered = answeredEvents.length > 0 || childEnd?.status === 'completed' || bridged;
  const ringing = child.filter((event) => event.status === 'ringing');
  // A dial result alone ends nothing: it cannot tell a declined call from a busy one, and the leg's own end is on its way.
  const ended = childEnd !== undefined || parentEnd !== undefined;
  const answeredAt = earliest(answeredEvents);
  const endedAt = ended ? (childEnd ?? dial ?? parentEnd!).firedAt : null;
  const talked = childEnd?.callDuration ?? dial?.dialDuration ?? secondsBetween(answeredAt, endedAt);
  const status: CallStatus = ended ? 'ended' : answered ? 'open' : ringing.length > 0 ? 'ringing' : 'dialing';

  return {
    status,
    outcome: ended ? outcomeOf(answered, { child: childEnd, dial, parent: parentEnd }) : null,
    ringingAt: earliest(ringing),
    answeredAt,
    endedAt,
    durationSeconds: !ended ? null : answered ? talked : 0,
  };
}
