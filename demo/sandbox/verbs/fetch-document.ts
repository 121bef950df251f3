import { callFields } from '../switch/call-fields.ts';
import type { Leg } from '../switch/leg.ts';
import type { Parts } from '../switch/parts.ts';
import type { TwimlRequest } from '../switch/twiml-request.ts';
import { parseTwiml } from '../twiml/parse-twiml.ts';
import { TwimlError } from '../twiml/twiml-error.ts';
import type { Verb } from '../twiml/verbs.ts';

export interface TwimlDocument {
  verbs: Verb[];
  url: string | undefined;
}

/**
 * Asks for TwiML and reads it.
 * @throws {WebhookFailure} when no good answer came.
 * @throws {TwimlError} when the answer is not TwiML: 12300 for another content type.
 */
export async function fetchDocument(request: TwimlRequest, leg: Leg, parts: Parts): Promise<TwimlDocument> {
  const warn = (message: string): void => parts.log({ level: 'warning', code: 12200, callSid: leg.sid, message });
  if ('twiml' in request) return { verbs: parseTwiml(request.twiml, warn), url: undefined };
  const { url, method } = request;
  // Twilio's own fields win over a browser's of the same name.
  const fields = { ...request.fields, ...callFields(leg, parts.account.accountSid) };
  const answer = await parts.webhooks.send({ url, method, fields });
  if (answer.status === 204) return { verbs: [], url };
  const type = (answer.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
  if (type && !/^(text|application)\/xml$|^text\/html$/.test(type)) {
    throw new TwimlError(12300, `${url} answered ${type}; TwiML is text/xml.`);
  }
  return { verbs: parseTwiml(answer.body, warn), url };
}
