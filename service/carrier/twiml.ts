import VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';
import type { DialIntent } from '../calls/ports.ts';
import { NEWS_DELIVERY, TWIML_DELIVERY } from './delivery.ts';
import { announceAttributes, recordAttributes } from './recording-terms.ts';
import type { CallTerms } from './call-terms.ts';

/** Seconds a customer's phone rings. */
const RING_SECONDS = 30;

/** What changes from call to call, as it stands in the document that is made once. */
const CALLER_ID = '+10000000000';
const TO = '+10000000001';
const SECONDS = 12_345;

/**
 * Calls the customer of an intent, for so many seconds of conversation at most; the agent hears ringing until the
 * customer answers. Without a longest conversation, Twilio would let one cost for four hours.
 */
export type DialTwiml = (intent: Pick<DialIntent, 'callerId' | 'to'>, limitSeconds: number) => string;

/** The document is the library's, made once: numbers in E.164 and seconds hold nothing that XML would read otherwise. */
export function createDialTwiml(terms: Omit<CallTerms, 'longestCallSeconds'>): DialTwiml {
  const { publicUrl } = terms;
  const response = new VoiceResponse();
  const dial = response.dial({
    answerOnBridge: true,
    callerId: CALLER_ID,
    timeLimit: SECONDS,
    timeout: RING_SECONDS,
    ...recordAttributes(terms, publicUrl),
    action: `${publicUrl}/api/calls/twiml/dial-result${TWIML_DELIVERY}`,
  });
  dial.number(
    {
      statusCallback: `${publicUrl}/api/calls/webhook/status${NEWS_DELIVERY}`,
      statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
      ...announceAttributes(terms, publicUrl),
    },
    TO,
  );
  const places = new RegExp(`"\\${CALLER_ID}"|"${SECONDS}"|>\\${TO}<`);
  const [head, middle, more, tail] = response.toString().split(places);
  return ({ callerId, to }, limitSeconds) => `${head}"${callerId}"${middle}"${limitSeconds}"${more}>${to}<${tail}`;
}

/** Dials nobody, and says so to whoever listens: with HTTP 200, since an error would be read out by the carrier. */
export function refusalTwiml(): string {
  const response = new VoiceResponse();
  response.say({ language: 'ar-AE' }, 'عذرًا، لا يمكن إجراء هذه المكالمة.');
  response.say({ language: 'en-US' }, 'Sorry, this call cannot be made.');
  response.hangup();
  return response.toString();
}

export function hangUpTwiml(): string {
  const response = new VoiceResponse();
  response.hangup();
  return response.toString();
}

/** What a caller hears when something is wrong with us, and not with the call. */
export function troubleTwiml(): string {
  const response = new VoiceResponse();
  response.say({ language: 'ar-AE' }, 'معلش، حصلت مشكلة عندنا دلوقتي. من فضلك جرب تاني بعد شوية.');
  response.say({ language: 'en-US' }, 'Sorry, something went wrong on our side. Please try again in a moment.');
  response.hangup();
  return response.toString();
}
