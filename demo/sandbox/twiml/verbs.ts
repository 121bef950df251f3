/** TwiML as typed verbs. Addresses are as written: relative ones belong to the document they stand in. */

export type Verb = Say | Play | Pause | Dial | RecordVerb | Gather | Redirect | Reject | Hangup;
export type HttpMethod = 'GET' | 'POST';

export interface Say {
  verb: 'Say';
  text: string;
  language: string | undefined;
  /** 0 goes on until the call ends. */
  loop: number;
}

export interface Play {
  verb: 'Play';
  url: string;
  /** Keys to press instead of a file to play; `w` waits half a second. */
  digits: string | undefined;
  loop: number;
}

export interface Pause {
  verb: 'Pause';
  seconds: number;
}

export interface Action {
  url: string | undefined;
  method: HttpMethod;
}

export type RecordingEvent = 'in-progress' | 'completed' | 'absent';

export interface RecordingCallback {
  url: string;
  method: HttpMethod;
  events: RecordingEvent[];
}

export type CallEvent = 'initiated' | 'ringing' | 'answered' | 'completed';

export interface StatusCallback {
  url: string;
  method: HttpMethod;
  events: CallEvent[];
}

export type DialRecord =
  | 'do-not-record'
  | 'record-from-answer'
  | 'record-from-ringing'
  | 'record-from-answer-dual'
  | 'record-from-ringing-dual';

interface DialNoun {
  /** TwiML that the called party hears before the call is joined. */
  announcement: { url: string; method: HttpMethod } | undefined;
  statusCallback: StatusCallback | undefined;
}

export interface DialNumber extends DialNoun {
  noun: 'Number';
  number: string;
  sendDigits: string | undefined;
}

export interface DialClient extends DialNoun {
  noun: 'Client';
  identity: string;
  parameters: Record<string, string>;
}

export interface Dial {
  verb: 'Dial';
  nouns: (DialNumber | DialClient)[];
  action: Action;
  callerId: string | undefined;
  answerOnBridge: boolean;
  hangupOnStar: boolean;
  timeoutSeconds: number;
  timeLimitSeconds: number;
  record: DialRecord;
  trim: boolean;
  recordingCallback: RecordingCallback | undefined;
}

export interface RecordVerb {
  verb: 'Record';
  action: Action;
  playBeep: boolean;
  maxLengthSeconds: number;
  timeoutSeconds: number;
  finishOnKey: string;
  trim: boolean;
  recordingCallback: RecordingCallback | undefined;
}

export interface Gather {
  verb: 'Gather';
  action: Action;
  prompts: (Say | Play | Pause)[];
  numDigits: number | undefined;
  timeoutSeconds: number;
  finishOnKey: string;
  /** Whether a key silences the prompts; otherwise keys count only after them. */
  bargeIn: boolean;
  actionOnEmptyResult: boolean;
}

export interface Redirect {
  verb: 'Redirect';
  url: string;
  method: HttpMethod;
}

export interface Reject {
  verb: 'Reject';
  reason: 'rejected' | 'busy';
}

export interface Hangup {
  verb: 'Hangup';
}
