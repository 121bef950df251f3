import type { CallBase } from '../calls/call-record.ts';
import type { CountedCall, DialQuestion, JudgeIntent } from '../calls/dial-gate.ts';
import { affordableSeconds, decideLimits, type DialLimits, type DialRefusal } from '../calls/dial-limits.ts';
import type { Tally } from '../calls/dial-tally.ts';
import type { DialIntent } from '../calls/ports.ts';
import { tallied, type PlacedCall } from './placed-calls.ts';

/** After the longest call, for ringing and for news that is late. */
const SLACK_MS = 180_000;
/** From the question of a call's agent until the carrier's. */
const ASKED_BEFORE_MS = 60_000;

const FOR_GOOD = '9999';

const STOPPED: DialRefusal = { code: 'outgoing-stopped', message: 'An admin has stopped all outgoing calls.' };
const BLOCKED: DialRefusal = { code: 'agent-blocked', message: 'This agent may not place calls.' };

/** From the question of its agent on, how long a call can be open. */
export function longestOpenMs(longestCallSeconds: number): number {
  return longestCallSeconds * 1000 + SLACK_MS + ASKED_BEFORE_MS;
}

/** An agent's browser asks for a place. One that is patient hears of `busy` rather than of a refusal for it. */
export interface AskedByAgent {
  call: CountedCall;
  intent: DialIntent;
  patient: boolean;
}

/** The carrier asks what to do. */
export interface AskedByCarrier {
  question: DialQuestion;
  judge: JudgeIntent;
  patient: boolean;
}

/** A customer's call is to ring a telephone. */
export interface AskedByCustomer {
  forwarded: CountedCall;
}

export type Asked = AskedByAgent | AskedByCarrier | AskedByCustomer;

/** A customer may be forwarded to the same telephone as often as customers call. */
const NO_AGENTS_LIMITS = {
  agentAtOnce: Infinity,
  agentPerMinute: Infinity,
  agentPerHour: Infinity,
  agentPerDay: Infinity,
  numberPerHour: Infinity,
  agentSpendPerDay: undefined,
};

/**
 * `taken`: the callId is that of a call in the log. `absent`: no intent has arrived. `unfit`: it is expired, taken or somebody else's. `busy`: the agent has as many calls
 * open as may be.
 */
export type Decided =
  | { is: 'taken' | 'absent' | 'unfit' }
  | { is: 'busy'; agentId: string }
  /** With the intent, of the carrier's question. */
  | { is: 'refused'; refusal: DialRefusal; intent?: DialIntent }
  | { is: 'reserved'; kept: DialIntent }
  | { is: 'forwarded'; limitSeconds: number }
  | { is: 'put-through'; intent: DialIntent; limitSeconds: number; newly?: { call: CountedCall; base: CallBase } };

export interface Known {
  /** By callId; what is decided is written into it. */
  placed: Map<string, PlacedCall>;
  /** Of callIds that are not placed, those of calls in the log: the limits forget calls, the log does not. */
  logged: ReadonlySet<string>;
  blocked: ReadonlySet<string>;
  stopped: boolean;
  tally: Tally;
  now: Date;
}

export interface DecisionOptions {
  limits: DialLimits;
  longestCallSeconds: number;
}

/** What is kept of a call before anything is decided on it. */
function placedRow({ callId, agentId, number, rate }: CountedCall, at: string): PlacedCall {
  return {
    call_id: callId,
    agent_id: agentId,
    number,
    at,
    counts_until: '',
    put_through_at: null,
    open_until: '',
    rate,
    cost: null,
    price: null,
    refusal: null,
    intent: '',
    call_sid: null,
    limit_seconds: null,
  };
}

const refused = (refusal: DialRefusal, intent?: DialIntent): Decided => ({
  is: 'refused',
  refusal,
  ...(intent && { intent }),
});

/** Decides on calls in their order, each counting those before it. Touches nothing but `known`. */
export function createDecisions(known: Known, { limits, longestCallSeconds }: DecisionOptions) {
  const { placed, logged, blocked, stopped, tally, now } = known;
  const at = now.toISOString();
  const written = new Map<string, PlacedCall>();
  /** What stands against a call that no agent places. */
  const ofAccount: DialLimits = { ...limits, ...NO_AGENTS_LIMITS };

  function keep(row: PlacedCall): void {
    placed.set(row.call_id, row);
    written.set(row.call_id, row);
    tally.add(tallied(row));
  }

  function openRow(limitSeconds: number) {
    return {
      put_through_at: at,
      open_until: new Date(now.getTime() + limitSeconds * 1000 + SLACK_MS).toISOString(),
      limit_seconds: limitSeconds,
    };
  }

  function reserve({ call, intent, patient }: AskedByAgent): Decided {
    if (stopped) return refused(STOPPED);
    if (blocked.has(call.agentId)) return refused(BLOCKED);
    const kept = placed.get(call.callId);
    if (kept?.refusal) return refused(JSON.parse(kept.refusal) as DialRefusal);
    // A repeat; whether it is the same call, its intent says.
    if (kept) return { is: 'reserved', kept: kept.intent ? (JSON.parse(kept.intent) as DialIntent) : intent };
    // It would have no row of its own: nobody would ever see the call.
    if (logged.has(call.callId)) return { is: 'taken' };
    const counts = tally.of(call.agentId, call.number);
    if (patient && counts.agentOpen >= limits.agentAtOnce) return { is: 'busy', agentId: call.agentId };
    const refusal = decideLimits(counts, limits, call.rate);
    if (refusal) return refused(refusal);
    keep({ ...placedRow(call, at), counts_until: intent.expiresAt, intent: JSON.stringify(intent) });
    return { is: 'reserved', kept: intent };
  }

  /** The intent, if it is this question's. */
  function intentFor({ identity, callSid }: DialQuestion, row: PlacedCall): DialIntent | undefined {
    if (row.intent === '' || (row.call_sid ?? callSid) !== callSid) return undefined;
    const intent = JSON.parse(row.intent) as DialIntent;
    const over = row.call_sid === null && intent.expiresAt <= at;
    return over || intent.agent.identity !== identity ? undefined : intent;
  }

  function putThrough({ question, judge, patient }: AskedByCarrier): Decided {
    const row = placed.get(question.callId);
    if (!row) return { is: 'absent' };
    const intent = intentFor(question, row);
    if (!intent) return { is: 'unfit' };
    const judged = judge(intent);
    if ('refusal' in judged) return refused(judged.refusal, intent);
    if (stopped) return refused(STOPPED, intent);
    if (blocked.has(row.agent_id)) return refused(BLOCKED, intent);
    if (row.refusal) return refused(JSON.parse(row.refusal) as DialRefusal, intent);
    if (row.put_through_at) {
      return { is: 'put-through', intent, limitSeconds: row.limit_seconds ?? longestCallSeconds };
    }

    tally.remove(tallied(row));
    const counts = tally.of(row.agent_id, row.number);
    if (patient && counts.agentOpen >= limits.agentAtOnce) {
      tally.add(tallied(row));
      return { is: 'busy', agentId: row.agent_id };
    }
    const refusal = decideLimits(counts, limits, row.rate);
    if (refusal) {
      keep({ ...row, call_sid: question.callSid, counts_until: '', refusal: JSON.stringify(refusal) });
      return refused(refusal, intent);
    }
    const limitSeconds = affordableSeconds(counts, limits, row.rate, longestCallSeconds);
    keep({ ...row, call_sid: question.callSid, counts_until: FOR_GOOD, ...openRow(limitSeconds) });
    return { is: 'put-through', intent, limitSeconds, newly: judged };
  }

  function forward({ forwarded: call }: AskedByCustomer): Decided {
    const row = placed.get(call.callId);
    if (row) return { is: 'forwarded', limitSeconds: row.limit_seconds ?? longestCallSeconds };
    if (stopped) return refused(STOPPED);
    const counts = tally.of(call.agentId, call.number);
    const refusal = decideLimits(counts, ofAccount, call.rate);
    if (refusal) return refused(refusal);
    const limitSeconds = affordableSeconds(counts, ofAccount, call.rate, longestCallSeconds);
    keep({ ...placedRow(call, at), ...openRow(limitSeconds) });
    return { is: 'forwarded', limitSeconds };
  }

  return {
    decide(asked: Asked): Decided {
      if ('forwarded' in asked) return forward(asked);
      return 'question' in asked ? putThrough(asked) : reserve(asked);
    },
    /** Rows that are new, or not as they were. */
    written: () => written.values(),
  };
}
