import type { Leg } from '../switch/leg.ts';
import type { Parts } from '../switch/parts.ts';
import type { TwimlRequest } from '../switch/twiml-request.ts';
import type { Action } from '../twiml/verbs.ts';
import { TwimlError } from '../twiml/twiml-error.ts';

/** TwiML on legs other than the verb's own. */
export interface Scripts {
  /** Lets a leg follow TwiML until it ends. */
  start(leg: Leg, request: TwimlRequest): void;
  /** Runs what a called party hears before it is joined; hangs up on it when that cannot be had. */
  announce(leg: Leg, request: TwimlRequest, signal: AbortSignal): Promise<void>;
}

/** What a verb runs on. */
export interface VerbRun {
  leg: Leg;
  parts: Parts;
  scripts: Scripts;
  /** Aborted when the leg ends or is moved to other TwiML. */
  signal: AbortSignal;
  /** An announcement is heard by a called party before it is joined; it cannot dial. */
  role: 'call' | 'announcement';
  /** Of the document that the verb stands in; undefined when it was given as text. */
  documentUrl: string | undefined;
}

/** After a verb: other TwiML takes over, or the next verb comes. */
export type Next = TwimlRequest | undefined;

/** An address as written in the document, in full. @throws {TwimlError} 11100 when it cannot be one. */
export function addressIn(run: VerbRun, written: string): string {
  const address = URL.parse(written, run.documentUrl);
  if (address?.protocol !== 'http:' && address?.protocol !== 'https:') {
    throw new TwimlError(11100, `"${written}" is not an http(s) address.`);
  }
  // The fragment must stay as written: it holds connection overrides.
  return written.includes('://') ? written : address.href;
}

/** A verb's `action`; without one the document itself is asked again. */
export function actionRequest(run: VerbRun, action: Action, fields: Record<string, string>): Next {
  const written = action.url ?? run.documentUrl;
  return written ? { url: addressIn(run, written), method: action.method, fields } : undefined;
}
