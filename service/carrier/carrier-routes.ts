import { Hono } from 'hono';
import type { BlockList, DialGate } from '../calls/dial-gate.ts';
import type { CallLog, Clock, Deadlines } from '../calls/ports.ts';
import type { AppEnv } from '../environment.ts';
import { ANSWER_LIMITS, newsInTime, twimlInTime, type AnswerLimits } from './answer-in-time.ts';
import { fallbackRoute } from './fallback-route.ts';
import { inboundRoutes, type InboundRoutesOptions } from './inbound-routes.ts';
import { lineCheckOf, lineCheckRoutes, noteCheck, recordCheckTwiml, type LineCheckOptions } from './line-check.ts';
import { announcementTwiml, recordingTerms } from './recording-terms.ts';
import { signedWebhook, type SignedWebhookOptions } from './signed-webhook.ts';
import { twimlAnswer } from './twiml-answer.ts';
import { createDialTwiml, hangUpTwiml, refusalTwiml } from './twiml.ts';
import { dialResultEvent, fieldsOf, legStatusEvent, outboundCall, recordingEvent } from './webhook-fields.ts';

/** A line check's end is told in the moment before its recording: time for that to arrive. */
const CHECK_OVER_MS = 3000;

export interface CarrierRoutesOptions extends SignedWebhookOptions, InboundRoutesOptions, LineCheckOptions {
  log: CallLog;
  gate: DialGate;
  blockList: BlockList;
  longestCallSeconds: number;
  deadlines: Deadlines;
  clock: Clock;
  /** ANSWER_LIMITS when absent. */
  answerLimits?: AnswerLimits;
}

/**
 * What the carrier calls. Whoever sets up an account enters some of these paths (carrierAddresses) in its TwiML App and
 * numbers: they never change.
 */
export function carrierRoutes(options: CarrierRoutesOptions) {
  const { log, gate, blockList, deadlines, clock, publicUrl, answerLimits = ANSWER_LIMITS } = options;
  const dialTwiml = (unrecorded = false) =>
    createDialTwiml({ ...options, ...recordingTerms(options, 'outgoing', unrecorded) });
  // What is said to everybody alike is written once: the library builds a tree of it.
  const [recordedTwiml, unrecordedTwiml] = [dialTwiml(), dialTwiml(true)];
  const [hangUp, announcement] = [hangUpTwiml(), announcementTwiml(options)];
  const app = new Hono<AppEnv>();
  app.use('/twiml/*', signedWebhook(options));
  app.use('/webhook/*', signedWebhook(options));
  app.use('/twiml/*', twimlInTime(answerLimits.twimlMs));
  app.use('/webhook/*', newsInTime(answerLimits.newsMs));
  app.route('/', fallbackRoute());
  app.route('/', inboundRoutes(options));
  app.route('/', lineCheckRoutes(options));

  app.post('/twiml/outbound', async (c) => {
    const check = lineCheckOf(c.get('webhook'));
    if (check) {
      if (await blockList.hasIdentity(check.identity)) return twimlAnswer(c, refusalTwiml());
      if (!(await options.limits.mayCheckLine(check.identity))) return twimlAnswer(c, refusalTwiml());
      await noteCheck(deadlines, check.callSid, '', clock());
      return twimlAnswer(c, recordCheckTwiml(publicUrl));
    }
    const asked = fieldsOf(outboundCall, c.get('webhook'));
    if (!asked) return twimlAnswer(c, refusalTwiml());
    const { CallSid: callSid, From, CallId: callId } = asked;
    const answer = await gate.putThrough({ callId, callSid, identity: From.slice('client:'.length) });
    if (!answer) {
      c.get('logger').warn({ callSid }, 'call refused: no dial intent for it');
      return twimlAnswer(c, refusalTwiml());
    }
    if (answer.refusal) {
      c.get('logger').warn({ callSid, callId: answer.callId, ...answer.refusal }, 'call refused');
      // The agent's page hears why.
      await log.open(callSid, answer.base);
      return twimlAnswer(c, refusalTwiml());
    }
    const { intent, limitSeconds } = answer;
    return twimlAnswer(c, (intent.unrecorded ? unrecordedTwiml : recordedTwiml)(intent, limitSeconds));
  });

  app.post('/twiml/dial-result', async (c) => {
    const now = clock().toISOString();
    await log.append(dialResultEvent(c.get('webhook'), now), now);
    return twimlAnswer(c, hangUp);
  });

  app.post('/twiml/announcement', (c) => twimlAnswer(c, announcement));

  app.post('/webhook/status', async (c) => {
    const now = clock();
    const event = legStatusEvent(c.get('webhook'), now.toISOString());
    const checkOver = new Date(now.getTime() + CHECK_OVER_MS);
    const isCheck = event.parentCallSid === null && (await deadlines.hasten('delete-check', event.callSid, checkOver));
    if (!isCheck) await log.append(event, now.toISOString());
    return c.body(null, 204);
  });

  app.post('/webhook/recording', async (c) => {
    const now = clock().toISOString();
    const event = recordingEvent(c.get('webhook'), now);
    await log.append(event, now);
    const { callSid, recordingSid, status, errorCode } = event;
    if (errorCode !== undefined) {
      c.get('logger').warn({ callSid, recordingSid, status, errorCode }, 'the carrier has trouble with a recording');
    }
    return c.body(null, 204);
  });

  return app;
}
