import type { Leg } from '../switch/leg.ts';
import type { Parts } from '../switch/parts.ts';
import type { TwimlRequest } from '../switch/twiml-request.ts';
import { aborted } from '../switch/waiting.ts';
import { speak } from '../media/speech.ts';
import { TwimlError } from '../twiml/twiml-error.ts';
import { WebhookFailure } from '../webhooks/webhook-client.ts';
import { fetchDocument } from './fetch-document.ts';
import { runVerb } from './run-verb.ts';
import type { Scripts, VerbRun } from './verb-run.ts';

const APOLOGY = 'We are sorry. An application error has occurred. Goodbye.';

/** TwiML that could not be had or run, and where it stood. */
class ScriptFailure extends Error {
  readonly code: number;
  readonly url: string;

  constructor(code: number, message: string, url: string) {
    super(message);
    this.code = code;
    this.url = url;
  }
}

/** Lets a leg follow TwiML from now on, until it ends. The REST API may move it to other TwiML at any time. */
export function startScript(leg: Leg, first: TwimlRequest, parts: Parts): void {
  let running = Promise.resolve();
  const follow = (request: TwimlRequest): void => {
    const moved = new AbortController();
    const before = running;
    leg.onRedirect = (next) => {
      moved.abort();
      follow(next);
    };
    running = before
      .then(() => followToTheEnd(leg, request, AbortSignal.any([leg.ended, moved.signal]), parts))
      .catch((error: unknown) => {
        parts.log({ level: 'error', callSid: leg.sid, message: `The sandbox failed: ${String(error)}` });
        leg.end({ status: 'failed', error: { code: 31500, message: 'InternalServerError' } });
      });
  };
  follow(first);
}

/** A party that cannot hear its announcement is not joined. */
async function announce(leg: Leg, request: TwimlRequest, signal: AbortSignal, parts: Parts): Promise<void> {
  try {
    await runDocuments(leg, request, signal, parts, 'announcement');
  } catch (error) {
    if (!(error instanceof ScriptFailure)) throw error;
    leg.hangUp();
  }
}

async function followToTheEnd(leg: Leg, request: TwimlRequest, signal: AbortSignal, parts: Parts): Promise<void> {
  try {
    await runWithFallback(leg, request, signal, parts);
  } catch (error) {
    if (!(error instanceof ScriptFailure)) throw error;
    if (!signal.aborted) await giveUp(leg, signal);
    return;
  }
  if (signal.aborted) return;
  // Twilio answers a call even if it has nothing to say to it; one that only rang out in a <Dial> stays unanswered.
  if (!leg.hasDialled) leg.answer();
  leg.hangUp();
}

async function runWithFallback(leg: Leg, request: TwimlRequest, signal: AbortSignal, parts: Parts): Promise<void> {
  try {
    await runDocuments(leg, request, signal, parts, 'call');
  } catch (error) {
    const { voiceFallbackUrl } = leg.address;
    if (!(error instanceof ScriptFailure) || signal.aborted || !voiceFallbackUrl) throw error;
    const fields = { ErrorCode: String(error.code), ErrorUrl: error.url };
    await runDocuments(leg, { url: voiceFallbackUrl, method: 'POST', fields }, signal, parts, 'call');
  }
}

/**
 * Runs a document, and those it leads to, to the end of the last one.
 * @throws {ScriptFailure} which has been logged.
 */
async function runDocuments(
  leg: Leg,
  first: TwimlRequest,
  signal: AbortSignal,
  parts: Parts,
  role: VerbRun['role'],
): Promise<void> {
  const scripts: Scripts = {
    start: (other, request) => startScript(other, request, parts),
    announce: (other, request, over) => announce(other, request, over, parts),
  };
  for (let request: TwimlRequest | undefined = first; request && !signal.aborted;) {
    const url = 'url' in request ? request.url : '';
    try {
      const document = await Promise.race([fetchDocument(request, leg, parts), aborted(signal)]);
      request = undefined;
      for (const verb of document?.verbs ?? []) {
        request = await runVerb(verb, { leg, parts, scripts, signal, role, documentUrl: document?.url });
        if (request || signal.aborted) break;
      }
    } catch (error) {
      if (!(error instanceof TwimlError) && !(error instanceof WebhookFailure)) throw error;
      const { code, message } = error;
      parts.log({ level: 'error', code, callSid: leg.sid, message });
      throw new ScriptFailure(code, message, url.replace(/#.*$/, ''));
    }
  }
}

/** A caller who waits for an answer is refused; one who is in the call hears an apology. */
async function giveUp(leg: Leg, signal: AbortSignal): Promise<void> {
  if (!leg.line) return leg.end({ status: 'failed', error: { code: 31603, message: 'Decline' } });
  await leg.line.play(speak(APOLOGY), signal);
  leg.hangUp();
}
