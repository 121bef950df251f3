import type {
  CallPage,
  CallPatch,
  CallQuery,
  CallRecord,
  PhoneCommand,
  PhoneEvent,
  PhoneReport,
  Role,
} from '../contract.ts';
import type { AuditBy, AuditNote } from './audit.ts';
import type { CallEvent } from './call-event.ts';
import type { CallBase } from './call-record.ts';
import type { RungAgent } from './incoming-course.ts';

/** The agent behind a request, as the CRM's JWT says. */
export interface Agent {
  /** `sub`. */
  id: string;
  name: string | null;
  /** Twilio identity, derived from `id`. */
  identity: string;
  role: Role;
  /** E.164: the only numbers this agent may call from, where the CRM says so. */
  callerIds?: readonly string[];
}

/** Permission to place one call, kept until the carrier asks for it. */
export interface DialIntent {
  callId: string;
  agent: Omit<Agent, 'role'>;
  /** E.164. */
  to: string;
  customerName: string | null;
  callerId: string;
  /** The agent's page wants no recording, and may. */
  unrecorded?: true;
  /** What the agent's browser asked for, to tell a repeat from a clash. */
  requested: string;
  createdAt: string;
  expiresAt: string;
}

/** Whose log is read: one agent's, or `everybody`'s for a supervisor. */
export type LogReader = { agentId: string } | 'everybody';

export interface CallLog {
  /** Opens the row of a conversation and joins the events that came before it; returns the base that is kept. */
  open(callSid: string, base: CallBase): Promise<CallBase>;
  /** The base of the conversation whose parent leg this is. */
  baseOf(callSid: string): Promise<CallBase | undefined>;
  /** The record of that conversation, whoever asks. */
  recordOf(callSid: string): Promise<CallRecord | undefined>;
  /** The parent leg of a conversation. */
  legOf(callId: string): Promise<string | undefined>;
  /** On disk when it resolves, and the note with it. An event that is already kept changes nothing. */
  append(event: CallEvent, receivedAt: string, note?: AuditNote): Promise<void>;
  /**
   * Keeps what an agent wrote of a call, and who it was; undefined when there is no such call. `note-changed`: nothing is
   * kept, since the note is neither `noteBefore` nor the one that is given.
   */
  patch(callId: string, patch: CallPatch, by: AuditBy): Promise<CallRecord | 'note-changed' | undefined>;
  /** Undefined for a call that this reader may not see. */
  get(callId: string, reader: LogReader): Promise<CallRecord | undefined>;
  /** Newest first. What is due is so at `now`. Throws a RangeError for a cursor that is not ours. */
  page(reader: LogReader, query: CallQuery, now: Date): Promise<CallPage>;
  /** The newest name that was given to this number, E.164. */
  nameOf(number: string): Promise<string | null>;
  /** Which of our numbers this one, E.164, called last; undefined when it has not called lately. */
  lineCalledBy(number: string): Promise<string | undefined>;
  /** Everybody with a call in the log, by name. */
  agents(): Promise<CallRecord['agent'][]>;
}

/** The phones that agents have open, as they last reported. */
export interface Phones {
  report(agent: Agent, report: PhoneReport, now: Date): Promise<void>;
  /** The phone of this agent is gone, when it still is the one that `holder` names. */
  remove(agentId: string, holder: string): Promise<void>;
  /** The agent's phone window while it is heard of; null for none. */
  windowOf(agentId: string, now: Date): Promise<PhoneEvent>;
  /** Asks the agent's phone window for something. On its way to whichever node the window listens at when it resolves. */
  command(agentId: string, command: PhoneCommand, now: Date): Promise<void>;
  /** Up to `limit` agents whose phone is heard of and available. */
  reachable(now: Date, limit: number): Promise<RungAgent[]>;
  /** Forgets phones that fell silent. */
  sweep(now: Date): Promise<void>;
}

/** Something that waits for its time, kept for any node to take up once that has come. */
export interface Due {
  /** Names it among those of its kind: a callId, a SID. */
  key: string;
  /** What whoever takes it up must know. */
  detail: string;
  /** How often it was taken up without success. */
  attempts: number;
}

export interface Deadlines {
  /** Sets the time, also of one that is already kept. */
  set(kind: DueKind, due: Due, at: Date): Promise<void>;
  /** Sets the time, unless one of that key is kept. */
  add(kind: DueKind, due: Due, at: Date): Promise<void>;
  /** Sets the time of one that was claimed, unless somebody has set it anew or dropped it since. */
  postpone(kind: DueKind, due: Due, at: Date, claimedUntil: Date): Promise<void>;
  /** With `claimedUntil`, only one that nobody has set anew since it was claimed. */
  drop(kind: DueKind, key: string, claimedUntil?: Date): Promise<void>;
  /** Moves the time of one that is kept; false when there is none. */
  hasten(kind: DueKind, key: string, at: Date): Promise<boolean>;
  /** Up to `limit` whose time has come: given to one caller only, until it sets or drops them, or the claim is over. */
  claim(kind: DueKind, now: Date, until: Date, limit: number): Promise<Due[]>;
}

/**
 * `end-call`: an agent left the page with a call in it. `end-ordered`: an admin has ended the call. `delete-check`: the
 * recording of a line check. `reconcile`: a call is compared with what the carrier knows of it. `delete-recording`: of a
 * call that is named, everywhere; else only at the carrier. `copy-recording`: to a place of the operator's own. `price`:
 * the carrier is asked what a call has cost.
 */
export type DueKind =
  'end-call' | 'end-ordered' | 'delete-check' | 'reconcile' | 'delete-recording' | 'copy-recording' | 'price';

/** A new state of one call. */
export interface CallChange {
  kind: 'call';
  /** Grows with every change of the log. */
  revision: number;
  record: CallRecord;
  /** Set on the change that ended the call. */
  ended?: true;
}

/** What a reader missed. */
export interface Missed {
  /** In order: each call once, as it is now. Undefined when only reading the log tells, or does so with less. */
  changes: CallChange[] | undefined;
  /** All up to this revision is in `changes`, or was heard before. */
  upTo: number;
}

export interface MissedChanges {
  /** The newest revision: one who reads the log from now on has missed nothing up to there. */
  reached(): Promise<number>;
  /** The changes after a revision that this reader was told. A log that has not reached it was restored: no telling what changed. */
  since(reader: LogReader, revision: number): Promise<Missed>;
}

/** What is told to the agents' pages, after it is on disk. */
export type News =
  CallChange | { kind: 'phone'; report: PhoneEvent } | { kind: 'phone-command'; command: PhoneCommand };

/**
 * News by topic: `calls-of:<agent id>` (`calls-of:` for what every agent sees), `calls` for supervisors, who see all, and
 * `phone:<agent id>`.
 */
export interface Feed {
  subscribe(topic: string, listener: (news: News) => void): () => void;
  publish(topic: string, news: News): void;
}

/** What the service asks of the carrier in a call. Rejects when the carrier cannot be reached. */
export interface CallControl {
  /** Ends a leg and all that hangs on it. `over`: it had ended already. */
  end(callSid: string): Promise<'ended' | 'over'>;
  /**
   * Has silence recorded instead of the conversation, or records on. `callSid` is the parent leg's, which holds the
   * recording; without a `recordingSid` it is the only one that runs. `not-running`: there is none, or none any more.
   */
  pauseRecording(callSid: string, recordingSid: string | undefined, paused: boolean): Promise<'done' | 'not-running'>;
  /** `busy`: the recording is still being made. */
  deleteRecording(recordingSid: string): Promise<'deleted' | 'busy'>;
  /** False when there is no such recording any more, whatever became of its audio. */
  hasRecording(recordingSid: string): Promise<boolean>;
}

export interface RecordingMedia {
  /**
   * Opens the audio of a recording at the carrier: an answer of 200, 206 or 416. `range` is the browser's Range
   * header. Undefined when the carrier has no such media (yet). Rejects when the carrier cannot be reached.
   */
  open(recordingSid: string, range: string | undefined, signal: AbortSignal): Promise<Response | undefined>;
}

export type Clock = () => Date;
