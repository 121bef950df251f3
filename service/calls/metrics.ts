import type { CallOutcome, ErrorCode } from '../contract.ts';

/** A request that has been answered. */
export interface AnsweredRequest {
  method: string;
  /** Template of the route, such as `/api/calls/:callId`; `none` when nothing has this address. */
  route: string;
  status: number;
  seconds: number;
}

/** Counts what happens, for whoever watches over the service. Never throws; every label is one of a few words. */
export interface Metrics {
  answered(request: AnsweredRequest): void;
  /** `answer`: an HTTP status, or the code of the error. `lagSeconds`: from the event to the answer, where it has a time. */
  webhook(kind: string, answer: string, lagSeconds: number | undefined): void;
  /** `result`: `minted`, or the code of the error. */
  token(result: 'minted' | ErrorCode): void;
  /** Of a dial intent, where the carrier asks what to do, or of a customer's call that was to ring a telephone. */
  dialRefused(code: ErrorCode, at: 'intent' | 'carrier' | 'forwarding'): void;
  callEnded(direction: 'outgoing' | 'incoming', outcome: CallOutcome): void;
  /** A webhook that says something else than the one kept of the same event. */
  conflict(kind: string): void;
  /** `result`: `2xx` to `5xx`, `timeout` or `unreachable`. */
  restRequest(result: string, seconds: number): void;
  /** `gone`: deleted at the carrier before it was copied. `failed`: is tried again. */
  recordingCopy(result: 'copied' | 'failed' | 'gone' | 'given-up'): void;
  database(kind: 'read' | 'write', seconds: number): void;
  /** How many works shared a commit. */
  committed(works: number): void;
  /** How long it took to hand one piece of news to all who listen on this node. */
  told(seconds: number): void;
  /** How many event streams are open on this node now. */
  streams(open: number): void;
}

/** For whoever nobody watches. */
export const silentMetrics: Metrics = {
  answered() {},
  webhook() {},
  token() {},
  dialRefused() {},
  callEnded() {},
  conflict() {},
  restRequest() {},
  recordingCopy() {},
  database() {},
  committed() {},
  told() {},
  streams() {},
};
