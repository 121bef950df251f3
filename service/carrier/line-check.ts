import { Hono } from 'hono';
import VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';
import type { Clock, Deadlines } from '../calls/ports.ts';
import type { AppContext, AppEnv } from '../environment.ts';
import { hangUpTwiml, NEWS_DELIVERY, TWIML_DELIVERY } from './twiml.ts';
import { checkRecording, lineCheck, parseWebhook, recordingSidOf } from './webhook-fields.ts';

/** Seconds of the agent's voice: enough to judge by, and as long as the check of a line may take. */
const RECORDED_SECONDS = 4;
/** Long after the playback is over; the end of the call brings it forward. */
const KEPT_MS = 60_000;

export interface LineCheckOptions {
  deadlines: Deadlines;
  clock: Clock;
  carrierBaseUrl: string;
  accountSid: string;
}

/** The check that a webhook asks for, if it does: from an agent's browser, and dialling nobody. */
export function lineCheckOf(webhook: ReadonlyMap<string, string>): { callSid: string; identity: string } | undefined {
  const asked = lineCheck.safeParse(Object.fromEntries(webhook));
  if (!asked.success) return undefined;
  return { callSid: asked.data.CallSid, identity: asked.data.From.slice('client:'.length) };
}

/** Records the agent for some seconds, silence and all, and asks what to do with it. */
export function recordCheckTwiml(publicUrl: string): string {
  const response = new VoiceResponse();
  response.record({
    maxLength: RECORDED_SECONDS,
    timeout: 2 * RECORDED_SECONDS,
    playBeep: false,
    trim: 'do-not-trim',
    recordingStatusCallback: `${publicUrl}/api/calls/webhook/check-recording${NEWS_DELIVERY}`,
    recordingStatusCallbackEvent: ['completed'],
    action: `${publicUrl}/api/calls/twiml/check-playback${TWIML_DELIVERY}`,
  });
  response.hangup();
  return response.toString();
}

function playCheckTwiml(url: string): string {
  const response = new VoiceResponse();
  response.play(url);
  response.hangup();
  return response.toString();
}

/** Keeps a check in mind, so that its recording is deleted and its end is no news of a conversation. */
export function noteCheck(deadlines: Deadlines, callSid: string, recordingSid: string, now: Date): Promise<void> {
  const due = { key: callSid, detail: recordingSid, attempts: 0 };
  return deadlines.set('delete-check', due, new Date(now.getTime() + KEPT_MS));
}

/**
 * The line check after its first question, `/twiml/outbound` with `Check=echo`: what the agent said is played back once
 * and then deleted. It is no conversation and never stands in the log.
 */
export function lineCheckRoutes({ deadlines, clock, carrierBaseUrl, accountSid }: LineCheckOptions) {
  async function noted(c: AppContext): Promise<string | undefined> {
    const fields = parseWebhook(checkRecording, c.get('webhook'));
    const recordingSid = recordingSidOf(fields);
    if (recordingSid) await noteCheck(deadlines, fields.CallSid, recordingSid, clock());
    return recordingSid;
  }

  return new Hono<AppEnv>()
    .post('/twiml/check-playback', async (c) => {
      const recordingSid = await noted(c);
      // Built here: what a webhook says of an address is not to be fetched and played.
      const url = `${carrierBaseUrl}/2010-04-01/Accounts/${accountSid}/Recordings/${recordingSid}.wav`;
      const twiml = recordingSid ? playCheckTwiml(url) : hangUpTwiml();
      return c.body(twiml, 200, { 'Content-Type': 'text/xml; charset=utf-8' });
    })
    .post('/webhook/check-recording', async (c) => {
      await noted(c);
      return c.body(null, 204);
    });
}
