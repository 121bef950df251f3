import VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';
import type { CallRecord } from '../contract.ts';
import { NEWS_DELIVERY, TWIML_DELIVERY } from './delivery.ts';

/** What the settings say of recording. */
export interface RecordingSettings {
  recordCalls: Readonly<Record<CallRecord['direction'], boolean>>;
  announcement: RecordingTerms['announcement'];
}

/** Whether a conversation is recorded, and what the customer is told of it first. */
export interface RecordingTerms {
  recordCalls: boolean;
  /** Said one after the other; empty: nothing is said. */
  announcement: readonly { language: 'ar-AE' | 'en-US'; text: string }[];
}

/** The terms of one call. `optedOut`: whoever placed it wants no recording, and may. */
export function recordingTerms(
  { recordCalls, announcement }: RecordingSettings,
  direction: CallRecord['direction'],
  optedOut = false,
): RecordingTerms {
  const recorded = recordCalls[direction] && !optedOut;
  return { recordCalls: recorded, announcement: recorded ? announcement : [] };
}

/** What the log keeps of it. */
export function consentOf({ recordCalls, announcement }: RecordingTerms): Pick<CallRecord, 'consent'> {
  if (!recordCalls) return {};
  return { consent: announcement.length > 0 ? 'announced' : 'not-announced' };
}

/** Attributes of a `<Dial>`: both sides, each on its own channel, nothing cut away (Twilio: TwiML Dial). */
export function recordAttributes({ recordCalls }: RecordingTerms, publicUrl: string) {
  if (!recordCalls) return {};
  return {
    record: 'record-from-answer-dual' as const,
    trim: 'do-not-trim' as const,
    recordingStatusCallback: `${publicUrl}/api/calls/webhook/recording${NEWS_DELIVERY}`,
    recordingStatusCallbackEvent: ['in-progress', 'completed', 'absent'] as ('in-progress' | 'completed' | 'absent')[],
  };
}

/**
 * Attributes of the `<Number>` that is called: its `url` is heard by the called party alone, after the answer and before
 * the conversation; a `<Say>` before `<Dial>` would be heard by the agent only (Twilio: TwiML Number).
 */
export function announceAttributes({ announcement }: RecordingTerms, publicUrl: string) {
  if (announcement.length === 0) return {};
  return { url: `${publicUrl}/api/calls/twiml/announcement${TWIML_DELIVERY}`, method: 'POST' };
}

/** Says it to whoever is on this leg. */
export function sayAnnouncement(response: VoiceResponse, { announcement }: Pick<RecordingTerms, 'announcement'>): void {
  for (const { language, text } of announcement) response.say({ language }, text);
}

export function announcementTwiml(terms: Pick<RecordingTerms, 'announcement'>): string {
  const response = new VoiceResponse();
  sayAnnouncement(response, terms);
  return response.toString();
}
