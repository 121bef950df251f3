import { setTimeout as delay } from 'node:timers/promises';
import { Hono } from 'hono';
import VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';
import type { MediaLink, MediaLinks } from '../api/media-link.ts';
import { streamRecording } from '../api/stream-recording.ts';
import type { Clock, Deadlines, RecordingMedia } from '../calls/ports.ts';
import { CHECK_PARAMETER } from '../contract.ts';
import type { AppContext, AppEnv } from '../environment.ts';
import { ServiceError } from '../errors.ts';
import { NEWS_DELIVERY, TWIML_DELIVERY } from './delivery.ts';
import { twimlAnswer } from './twiml-answer.ts';
import { hangUpTwiml } from './twiml.ts';
import { checkRecording, fieldsOf, lineCheck, parseWebhook, recordingSidOf } from './webhook-fields.ts';

/** Seconds of the agent's voice: enough to judge by, and as long as the check of a line may take. */
const RECORDED_SECONDS = 4;
/** Long after the playback is over; the end of the call brings it forward. */
const KEPT_MS = 60_000;
const AUDIO_WAIT_MS = 6000;
const AUDIO_AGAIN_MS = 300;

export interface LineCheckOptions {
  deadlines: Deadlines;
  clock: Clock;
  publicUrl: string;
  links: MediaLinks;
  media: RecordingMedia;
  limits: { mayCheckLine: (identity: string) => Promise<boolean> };
}

/** The check that a webhook asks for, if it does: from an agent's browser, and dialling nobody. */
export function lineCheckOf(webhook: ReadonlyMap<string, string>): { callSid: string; identity: string } | undefined {
  // Of nearly every question: to say in detail why it is no check costs more than the rest of its reading.
  if (!webhook.has(CHECK_PARAMETER)) return undefined;
  const asked = fieldsOf(lineCheck, webhook);
  return asked && { callSid: asked.CallSid, identity: asked.From.slice('client:'.length) };
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

function linkOf(recordingSid: string): MediaLink {
  return { callId: 'line-check', recordingSid, identity: 'carrier' };
}

/** Of a recording that has just been made, the carrier may not have the audio yet; it is waited for. */
function patient(media: RecordingMedia): RecordingMedia {
  return {
    async open(recordingSid, range, signal) {
      for (const end = performance.now() + AUDIO_WAIT_MS; ;) {
        const found = await media.open(recordingSid, range, signal);
        if (found || performance.now() > end) return found;
        await delay(AUDIO_AGAIN_MS);
      }
    },
  };
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
export function lineCheckRoutes({ deadlines, clock, publicUrl, links }: LineCheckOptions) {
  async function noted(c: AppContext): Promise<string | undefined> {
    const fields = parseWebhook(checkRecording, c.get('webhook'));
    const recordingSid = recordingSidOf(fields);
    if (recordingSid) await noteCheck(deadlines, fields.CallSid, recordingSid, clock());
    return recordingSid;
  }

  /** Through the service: the carrier's own address asks for the API key where the account protects its media. */
  function playbackUrl(recordingSid: string): string {
    const { query } = links.sign(linkOf(recordingSid), clock());
    return `${publicUrl}/api/calls/line-check/${recordingSid}?${query}`;
  }

  return new Hono<AppEnv>()
    .post('/twiml/check-playback', async (c) => {
      const recordingSid = await noted(c);
      return twimlAnswer(c, recordingSid ? playCheckTwiml(playbackUrl(recordingSid)) : hangUpTwiml());
    })
    .post('/webhook/check-recording', async (c) => {
      await noted(c);
      return c.body(null, 204);
    });
}

/** The audio that `/twiml/check-playback` lets the carrier play: the signed link is the permission. */
export function lineCheckMediaRoutes({ links, media, clock }: LineCheckOptions) {
  return new Hono<AppEnv>().get('/line-check/:sid', (c) => {
    const recordingSid = c.req.param('sid');
    const { expires = '', signature = '' } = c.req.query();
    if (links.verify(linkOf(recordingSid), expires, signature, clock()) !== 'valid') {
      throw new ServiceError('link-invalid', 'This link is not valid.');
    }
    return streamRecording(c, patient(media), recordingSid);
  });
}
