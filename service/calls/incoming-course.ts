import type { CallRecord, CallStatus } from '../contract.ts';
import { byKey, compare, earliest, lastWord, secondsBetween, type CallCourse } from './call-course.ts';
import { isBridged, isTerminal, type CallEvent, type LegStatusEvent, type RecordingEvent } from './call-event.ts';

/** An agent whose phone was asked to ring for a customer's call. */
export interface RungAgent {
  id: string;
  name: string | null;
  /** Twilio identity. */
  identity: string;
}

type AgentOfRecord = CallRecord['agent'];

/** One child leg: an agent's phone, or the number that calls are forwarded to. */
interface Child {
  callSid: string;
  /** Undefined when no event of it said whom it rings. */
  to: string | undefined;
  end: LegStatusEvent | undefined;
  /** Beginnings of a conversation on it: more than one only where two people answered in the same moment. */
  answeredEvents: LegStatusEvent[];
  answered: boolean;
}

function childOf(callSid: string, events: LegStatusEvent[]): Child {
  const answeredEvents = events.filter((event) => event.status === 'in-progress');
  const end = lastWord(events);
  return {
    callSid,
    to: events.flatMap((event) => event.to ?? []).sort(compare)[0],
    end,
    answeredEvents,
    answered: answeredEvents.length > 0 || events.some((event) => event.status === 'completed'),
  };
}

/** Who took the call: the leg that the carrier bridged, else the one that answered first. */
function taker(children: Child[], bridgedSid: string | null): Child | undefined {
  const answered = children.filter((child) => child.answered);
  const first = (child: Child) => earliest(child.answeredEvents) ?? '~';
  return (
    children.find((child) => child.callSid === bridgedSid) ??
    answered.sort((a, b) => compare(first(a), first(b)) || compare(a.callSid, b.callSid))[0]
  );
}

function agentOf(answered: boolean, to: string | undefined, rung: readonly RungAgent[]): AgentOfRecord {
  const [first] = rung;
  const found = answered && to ? rung.find((each) => to === `client:${each.identity}`) : first;
  if (found) return { id: found.id, name: found.name };
  // A telephone answered, outside of the service: its number is all that is known of who it was.
  if (answered && to?.startsWith('+')) return { id: '', name: to };
  return { id: first?.id ?? '', name: first?.name ?? null };
}

/** A customer's message: what `<Record>` recorded, as long as nobody said that nothing was. */
function leftMessage(recordings: RecordingEvent[]): boolean {
  const absent = recordings.filter((event) => event.status === 'absent' || event.status === 'failed');
  return recordings.some(
    (event) => event.source === 'RecordVerb' && !absent.some((each) => each.recordingSid === event.recordingSid),
  );
}

/**
 * The customer's leg is the parent; every agent who was rung has a child leg, and so has the number that calls are
 * forwarded to. The end of a child ends nothing by itself. `set` holds one event of each key.
 */
export function incomingCourse(
  set: readonly CallEvent[],
  rung: readonly RungAgent[],
): CallCourse & { agent: AgentOfRecord } {
  const legs = set.filter((event) => event.kind === 'leg-status');
  const byChild = Map.groupBy(
    legs.filter((event) => event.parentCallSid !== null),
    (event) => event.callSid,
  );
  const children = [...byChild].map(([callSid, events]) => childOf(callSid, events));
  const bridged = set
    .filter((event) => event.kind === 'dial-result')
    .filter(isBridged)
    .sort(byKey)[0];
  const parentEnd = lastWord(legs.filter((event) => event.parentCallSid === null));
  const customerGone = set.some((event) => event.kind === 'dial-result' && isTerminal(event.status));

  const winner = taker(children, bridged?.dialCallSid ?? null);
  const answered = winner?.answered === true || bridged !== undefined;
  // Not at the end of a child that was answered: of two answered in one moment, the carrier drops one.
  const ended = parentEnd !== undefined || customerGone || bridged !== undefined;
  const ringing = legs.filter((event) => event.parentCallSid !== null && event.status === 'ringing');
  const answeredAt = earliest(winner?.answeredEvents ?? []);
  const lastFact = [...legs, ...set.filter((event) => event.kind === 'dial-result')]
    .map((event) => event.firedAt)
    .sort()
    .at(-1);
  const endedAt = ended ? (((answered ? winner?.end : undefined) ?? parentEnd)?.firedAt ?? lastFact!) : null;
  const talked = winner?.end?.callDuration ?? bridged?.dialDuration ?? secondsBetween(answeredAt, endedAt);
  const status: CallStatus = ended ? 'ended' : answered ? 'open' : 'ringing';
  const missed = leftMessage(set.filter((event) => event.kind === 'recording')) ? 'voicemail' : 'missed';

  return {
    agent: agentOf(answered, winner?.to, rung),
    status,
    outcome: !ended ? null : answered ? 'answered' : missed,
    ringingAt: earliest(ringing),
    answeredAt,
    endedAt,
    durationSeconds: !ended ? null : answered ? talked : 0,
  };
}
