import type { HttpMethod } from '../twiml/verbs.ts';

/** Where a call's next TwiML comes from: an address, or a document given as it is. */
export type TwimlRequest = { url: string; method: HttpMethod; fields: Record<string, string> } | { twiml: string };
