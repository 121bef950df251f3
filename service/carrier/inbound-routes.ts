import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import { isBridged, isTerminal } from '../calls/call-event.ts';
import { callerNumber } from '../calls/caller-number.ts';
import type { CallBase } from '../calls/call-record.ts';
import type { AccountNumbers, DialGate } from '../calls/dial-gate.ts';
import { INBOUND_STAGES, nextInboundStep, type InboundStage } from '../calls/inbound-steps.ts';
import type { CallLog, Clock, Phones } from '../calls/ports.ts';
import { uuidV7 } from '../calls/uuid-v7.ts';
import type { AppEnv } from '../environment.ts';
import { ServiceError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { inboundTwiml } from './inbound-twiml.ts';
import { consentOf, recordingTerms, type RecordingSettings } from './recording-terms.ts';
import { twimlAnswer } from './twiml-answer.ts';
import { hangUpTwiml } from './twiml.ts';
import { dialResultEvent, inboundCall, parseWebhook } from './webhook-fields.ts';

/** `<Dial>` rings at most ten parties at once (Twilio: TwiML Client). */
const MOST_RUNG = 10;

export interface InboundRoutesOptions extends RecordingSettings {
  log: CallLog;
  gate: Pick<DialGate, 'forward'>;
  numbers: AccountNumbers;
  phones: Phones;
  clock: Clock;
  publicUrl: string;
  longestCallSeconds: number;
  /** E.164; rung when no agent answers. */
  fallbackNumber: string | undefined;
  voicemail: boolean;
  /** Shown to whom the call is forwarded, when the called number is not known. */
  callerIds: readonly string[];
}

/** What a number of the account asks when a customer calls it: behind the signature check of carrierRoutes. */
export function inboundRoutes(options: InboundRoutesOptions) {
  const { log, gate, numbers, phones, clock, voicemail, callerIds } = options;
  const terms = { ...options, ...recordingTerms(options, 'incoming') };

  async function arrived(callSid: string, from: string, called: string): Promise<CallBase> {
    const now = clock();
    const rung = await phones.reachable(now, MOST_RUNG);
    const [first] = rung;
    return log.open(callSid, {
      callId: uuidV7(now.getTime(), randomBytes(10)),
      direction: 'incoming',
      agent: { id: first?.id ?? '', name: first?.name ?? null },
      customer: { number: from, name: from === '' ? null : await log.nameOf(from) },
      callerId: called || callerIds[0]!,
      createdAt: now.toISOString(),
      rung,
      ...consentOf(terms),
    });
  }

  /** Whether calls to this number come here: where the carrier has not said which are the account's, its word is taken. */
  async function isOurs(called: string): Promise<boolean> {
    if (callerIds.includes(called)) return true;
    const known = await numbers.known(called);
    return !known || known.incoming.has(called);
  }

  /** The fallback number, unless a call to it would come back in: each round would be paid for, without an end. */
  async function numberToRing(logger: Logger): Promise<string | undefined> {
    const { fallbackNumber } = options;
    if (fallbackNumber === undefined || !(await numbers.known())?.incoming.has(fallbackNumber)) return fallbackNumber;
    logger.error({ number: fallbackNumber }, 'INBOUND_FALLBACK_NUMBER is a number of this account: it is not rung');
    return undefined;
  }

  async function next(logger: Logger, base: CallBase, after: InboundStage, over: boolean): Promise<string> {
    const situation = { after, over, agents: base.rung ?? [], voicemail };
    let step = nextInboundStep({ ...situation, fallbackNumber: await numberToRing(logger) });
    let { longestCallSeconds } = terms;
    if (step.do === 'ring-number') {
      const forwarded = await gate.forward(base.callId, step.number);
      if (forwarded.refusal) {
        const { code } = forwarded.refusal;
        logger.warn({ callId: base.callId, code }, 'a customer is not put through to INBOUND_FALLBACK_NUMBER');
        step = nextInboundStep({ ...situation, fallbackNumber: undefined });
      } else longestCallSeconds = forwarded.limitSeconds;
    }
    const several = callerIds.some((own) => own !== base.callerId);
    return inboundTwiml(step, base, several ? base.callerId : null, { ...terms, longestCallSeconds });
  }

  return new Hono<AppEnv>()
    .post('/twiml/inbound', async (c) => {
      const { CallSid, From, To } = parseWebhook(inboundCall, c.get('webhook'));
      const called = callerNumber(To);
      if (!(await isOurs(called))) {
        c.get('logger').warn({ callSid: CallSid, number: called }, 'call refused: it is for no number of this account');
        return twimlAnswer(c, hangUpTwiml());
      }
      // Asked again for the same call, the carrier gets the same answer.
      const base = (await log.baseOf(CallSid)) ?? (await arrived(CallSid, callerNumber(From), called));
      return twimlAnswer(c, await next(c.get('logger'), base, 'arrival', false));
    })
    .post('/twiml/inbound-result', async (c) => {
      const after = INBOUND_STAGES.find((stage) => stage === c.req.query('after'));
      if (!after || after === 'arrival') throw new ServiceError('invalid-request', 'after must name a step.');
      const { CallSid } = parseWebhook(inboundCall, c.get('webhook'));
      let over = false;
      if (after !== 'voicemail') {
        const now = clock().toISOString();
        const result = dialResultEvent(c.get('webhook'), now);
        await log.append(result, now);
        over = isBridged(result) || isTerminal(result.status);
      }
      const base = await log.baseOf(CallSid);
      if (!base) throw new ServiceError('not-found', 'There is no such call.');
      return twimlAnswer(c, await next(c.get('logger'), base, after, over));
    });
}
