import type { CallPage, CallRecord } from '../contract.ts';
import type { CallEvent } from './call-event.ts';
import type { CallBase } from './call-record.ts';

/** The agent behind a request, as the CRM's JWT says. */
export interface Agent {
  /** `sub`. */
  id: string;
  name: string | null;
  /** Twilio identity, derived from `id`. */
  identity: string;
}

/** Permission to place one call, kept until the carrier asks for it. */
export interface DialIntent {
  callId: string;
  agent: Agent;
  /** E.164. */
  to: string;
  customerName: string | null;
  callerId: string;
  /** What the agent's browser asked for, to tell a repeat from a clash. */
  requested: string;
  createdAt: string;
  expiresAt: string;
}

export interface Intents {
  /** Keeps the intent, or returns the one already kept under its callId. */
  add(intent: DialIntent): Promise<DialIntent>;
  /**
   * Takes the intent for one carrier leg, exactly once: a second leg gets undefined, the same leg asking again gets
   * the same intent. Waits up to `waitMs` for an intent that has not arrived yet.
   */
  take(callId: string, identity: string, callSid: string, now: Date, waitMs: number): Promise<DialIntent | undefined>;
}

export interface CallLog {
  /** Opens the row of a conversation and joins the events that came before it. */
  open(callSid: string, base: CallBase): Promise<void>;
  /** On disk when it resolves. An event that is already kept changes nothing. */
  append(event: CallEvent, receivedAt: string): Promise<void>;
  get(callId: string): Promise<CallRecord | undefined>;
  /** Newest first. Throws a RangeError for a cursor that is not ours. */
  page(query: { agentId: string; limit: number; cursor?: string | undefined }): Promise<CallPage>;
}

/** A new state of one call. */
export interface CallChange {
  /** Grows with every change of the log. */
  revision: number;
  record: CallRecord;
}

/** Changes, told after they are on disk. */
export interface ChangeFeed {
  subscribe(agentId: string, listener: (change: CallChange) => void): () => void;
  publish(change: CallChange): void;
}

export interface RecordingMedia {
  /**
   * Opens the audio of a recording at the carrier: an answer of 200, 206 or 416. `range` is the browser's Range
   * header. Undefined when the carrier has no such media (yet). Rejects when the carrier cannot be reached.
   */
  open(recordingSid: string, range: string | undefined, signal: AbortSignal): Promise<Response | undefined>;
}

export type Clock = () => Date;
