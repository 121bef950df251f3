/** Facts about one conversation, as the carrier reported them. Never changed, never removed. */

/** Statuses of a carrier leg. Twilio may add more without notice; unknown ones are kept and mean nothing to us. */
export type LegStatus = string;

/** A status callback of a leg. Twilio: `<Number statusCallback>` and the TwiML App's Status Callback. */
export interface LegStatusEvent {
  kind: 'leg-status';
  callSid: string;
  /** Null on the agent's own (parent) leg. */
  parentCallSid: string | null;
  status: LegStatus;
  /** Order in which the carrier fired the events of one leg; null when it did not say. */
  sequenceNumber: number | null;
  /** When it happened, ISO 8601 UTC: the carrier's Timestamp, else our time of receipt. */
  firedAt: string;
  /** Seconds (`CallDuration`; never Twilio's `Duration`, which is billed minutes). */
  callDuration: number | null;
  sipResponseCode: number | null;
}

/** The `<Dial action>` request: how the dialled leg ended, told to the parent. */
export interface DialResultEvent {
  kind: 'dial-result';
  callSid: string;
  /** Of the agent's own leg at that moment: a terminal one says that the agent had already gone. */
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
  status: 'in-progress' | 'completed' | 'absent' | 'failed';
  /** Seconds. */
  durationSeconds: number | null;
  channels: number | null;
  firedAt: string;
}

export type CallEvent = LegStatusEvent | DialResultEvent | RecordingEvent;

/** The SID that joins all events of one conversation: the agent's leg. */
export function parentSidOf(event: CallEvent): string {
  return event.kind === 'leg-status' ? (event.parentCallSid ?? event.callSid) : event.callSid;
}

/** Two deliveries of the same fact have the same key; a unique index on it makes every webhook idempotent. */
export function eventKey(event: CallEvent): string {
  switch (event.kind) {
    case 'leg-status':
      return `leg|${event.callSid}|${event.sequenceNumber ?? '-'}|${event.status}`;
    case 'dial-result':
      return `dial|${event.callSid}|${event.dialCallSid ?? '-'}`;
    case 'recording':
      return `recording|${event.recordingSid}|${event.status}`;
  }
}
