import VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';
import type { DialIntent } from '../calls/ports.ts';

/** Seconds a customer's phone rings, and the longest conversation: Twilio's own default is four hours of billing. */
const RING_SECONDS = 30;
export const LONGEST_CALL_SECONDS = 3600;

/** How Twilio shall deliver (Webhooks: connection overrides): by default it does not retry an answer of 5xx. */
export const NEWS_DELIVERY = '#ct=2000&rt=4000&rc=3&rp=ct,rt,5xx';
/** Somebody holds the line until these are answered. */
export const TWIML_DELIVERY = '#ct=2000&rt=6000&rc=1&rp=ct,rt,5xx';

/** Calls the customer of an intent; the agent hears ringing until the customer answers. */
export function dialTwiml(intent: DialIntent, publicUrl: string): string {
  const response = new VoiceResponse();
  const dial = response.dial({
    answerOnBridge: true,
    callerId: intent.callerId,
    timeout: RING_SECONDS,
    timeLimit: LONGEST_CALL_SECONDS,
    record: 'record-from-answer-dual',
    trim: 'do-not-trim',
    recordingStatusCallback: `${publicUrl}/api/calls/webhook/recording${NEWS_DELIVERY}`,
    recordingStatusCallbackEvent: ['in-progress', 'completed', 'absent'],
    action: `${publicUrl}/api/calls/twiml/dial-result${TWIML_DELIVERY}`,
  });
  dial.number(
    {
      statusCallback: `${publicUrl}/api/calls/webhook/status${NEWS_DELIVERY}`,
      statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
    },
    intent.to,
  );
  return response.toString();
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
