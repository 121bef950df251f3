/** Facts about one conversation, as the carrier reported them. Never changed, never removed. */

/** Statuses of a carrier leg. Twilio may add more without notice; unknown ones are kept and mean nothing to us. */
export type LegStatus = string;

/** A status callback of a leg. Twilio: `<Number statusCallback>` and the TwiML App's Status Callback. */
export interface LegStatusEvent {
  kind: 'leg-status';
  callSid: string;
  /** Null on the parent leg: the agent's of an outgoing call, the customer's of an incoming one. */
  parentCallSid: string | null;
  /** Whom a child leg rings: `client:<identity>` or E.164. Absent where the carrier did not say. */
  to?: string;
  status: LegStatus;
  /** Order in which the carrier fired the events of one leg; null when it did not say. */
  sequenceNumber: number | null;
  /** When it happened, ISO 8601 UTC: the carrier's Timestamp, else our time of receipt. */
  firedAt: string;
  /** Seconds (`CallDuration`; never Twilio's `Duration`, which is billed minutes). */
  callDuration: number | null;
  sipResponseCode: number | null;
  /** Set when the carrier did not tell it but was asked for it. */
  source?: 'rest';
}

/** The `<Dial action>` request: how the dialled leg ended, told to the parent. */
export interface DialResultEvent {
  kind: 'dial-result';
  callSid: string;
  /** Of the parent leg at that moment: a terminal one says that its party had already gone. */
  status: LegStatus | null;
  dialCallSid: string | null;
  dialStatus: string;
  /** Seconds. */
  dialDuration: number | null;
  firedAt: string;
}

/** A recording status callback; `callSid` is the parent leg's. */
export interface RecordingEvent {
  kind: 'recording';
  callSid: string;
  recordingSid: string;
  /** `deleted`: by us, or by somebody at the carrier; whatever the carrier says afterwards. */
  status: 'in-progress' | 'completed' | 'absent' | 'failed' | 'deleted';
  /** Seconds. */
  durationSeconds: number | null;
  channels: number | null;
  /** By the account's public key: the service cannot play it. */
  encrypted?: true;
  /** Why there is none, in the carrier's code. */
  errorCode?: number;
  /** What made it, in the carrier's word: `RecordVerb` is a customer's message. Absent where it did not say. */
  source?: string;
  firedAt: string;
}

/** The carrier has obeyed us: the recording of the conversation has silence from now on, or goes on. */
export interface RecordingPauseEvent {
  kind: 'recording-pause';
  /** The parent leg's. */
  callSid: string;
  paused: boolean;
  /** The log dates each after the one before, however the clocks of the nodes differ. */
  firedAt: string;
}

export type CallEvent = LegStatusEvent | DialResultEvent | RecordingEvent | RecordingPauseEvent;

/** The SID that joins all events of one conversation: the parent leg's. */
export function parentSidOf(event: CallEvent): string {
  return event.kind === 'leg-status' ? (event.parentCallSid ?? event.callSid) : event.callSid;
}

/** Statuses after which a leg changes no more. */
const TERMINAL: ReadonlySet<string> = new Set(['completed', 'busy', 'no-answer', 'failed', 'canceled']);

export function isTerminal(status: LegStatus | null): boolean {
  return status !== null && TERMINAL.has(status);
}

/** Whether this dial came to a conversation. */
export function isBridged(dial: DialResultEvent): boolean {
  return dial.dialStatus === 'completed' || dial.dialStatus === 'answered';
}

/** What a dial result settles for good, and no other word on the same dial takes back. */
function settled(dial: DialResultEvent): string {
  return `${isBridged(dial) ? '|bridged' : ''}${isTerminal(dial.status) ? '|gone' : ''}`;
}

/** Two deliveries of the same fact have the same key; a unique index on it makes every webhook idempotent. */
export function eventKey(event: CallEvent): string {
  switch (event.kind) {
    case 'leg-status':
      return `leg|${event.callSid}|${event.source ?? event.sequenceNumber ?? '-'}|${event.status}`;
    case 'dial-result':
      return `dial|${event.callSid}|${event.dialCallSid ?? '-'}${settled(event)}`;
    case 'recording':
      return `recording|${event.recordingSid}|${event.status}${event.encrypted ? '|encrypted' : ''}`;
    case 'recording-pause':
      return `recording-pause|${event.firedAt}|${event.paused}`;
  }
}
