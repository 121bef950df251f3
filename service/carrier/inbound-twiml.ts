import VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';
import type { CallBase } from '../calls/call-record.ts';
import type { InboundStage, InboundStep } from '../calls/inbound-steps.ts';
import type { CallTerms } from './call-terms.ts';
import { NEWS_DELIVERY, TWIML_DELIVERY } from './delivery.ts';
import { recordAttributes, sayAnnouncement } from './recording-terms.ts';

/** Seconds the phones ring: somebody waits meanwhile, and hears nothing but ringing. */
const RING_SECONDS = 20;
const LONGEST_MESSAGE_SECONDS = 120;
const SILENCE_ENDS_MESSAGE_SECONDS = 6;

const ARABIC = { language: 'ar-AE' } as const;
const ENGLISH = { language: 'en-US' } as const;

/** XML holds no control characters and no halves of a character; a name that has them loses them (W3C: XML, Char). */
function xmlText(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, ' ').trim();
}

function resultUrl(publicUrl: string, after: InboundStage): string {
  return `${publicUrl}/api/calls/twiml/inbound-result?after=${after}${TWIML_DELIVERY}`;
}

function dial(response: VoiceResponse, terms: CallTerms, after: InboundStage, callerId?: string) {
  return response.dial({
    answerOnBridge: true,
    timeout: RING_SECONDS,
    timeLimit: terms.longestCallSeconds,
    ...(callerId === undefined ? {} : { callerId }),
    ...recordAttributes(terms, terms.publicUrl),
    action: resultUrl(terms.publicUrl, after),
  });
}

function status(publicUrl: string) {
  return {
    statusCallback: `${publicUrl}/api/calls/webhook/status${NEWS_DELIVERY}`,
    statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'] as (
      'initiated' | 'ringing' | 'answered' | 'completed'
    )[],
  };
}

/**
 * One step of a customer's call in TwiML. The phones that ring learn the call's id, the customer's name and, where there
 * are several, the line that was called.
 */
export function inboundTwiml(step: InboundStep, base: CallBase, line: string | null, terms: CallTerms): string {
  const { publicUrl } = terms;
  const response = new VoiceResponse();
  // Once, before anybody can answer: what rings next was announced before.
  if (step.do === 'ring-agents' || (step.do === 'ring-number' && step.first)) sayAnnouncement(response, terms);
  switch (step.do) {
    case 'ring-agents': {
      const ring = dial(response, terms, 'agents');
      for (const { identity } of step.agents) {
        const client = ring.client(status(publicUrl));
        client.identity(identity);
        client.parameter({ name: 'CallId', value: base.callId });
        const name = xmlText(base.customer.name ?? '').slice(0, 100);
        if (name) client.parameter({ name: 'CustomerName', value: xmlText(name) });
        if (line !== null) client.parameter({ name: 'Line', value: line });
      }
      break;
    }
    case 'ring-number':
      dial(response, terms, 'number', base.callerId ?? undefined).number(status(publicUrl), step.number);
      break;
    case 'take-message':
      response.say(ARABIC, 'أهلًا بيك. كل زمايلنا مشغولين دلوقتي. سيب رسالتك بعد الصفارة، وهنكلمك في أقرب وقت.');
      response.say(ENGLISH, 'Hello. Nobody can take your call right now. Please leave a message after the tone.');
      response.record({
        maxLength: LONGEST_MESSAGE_SECONDS,
        timeout: SILENCE_ENDS_MESSAGE_SECONDS,
        playBeep: true,
        recordingStatusCallback: `${publicUrl}/api/calls/webhook/recording${NEWS_DELIVERY}`,
        recordingStatusCallbackEvent: ['in-progress', 'completed', 'absent'],
        action: resultUrl(publicUrl, 'voicemail'),
      });
      // Of a message without a sound, the action is not asked.
      response.hangup();
      break;
    case 'thank':
      response.say(ARABIC, 'شكرًا، رسالتك وصلت. مع السلامة.');
      response.say(ENGLISH, 'Thank you, we have your message. Goodbye.');
      response.hangup();
      break;
    case 'apologise':
      response.say(ARABIC, 'أهلًا بيك. كل زمايلنا مشغولين دلوقتي. من فضلك كلمنا بعدين. مع السلامة.');
      response.say(ENGLISH, 'Hello. Nobody can take your call right now. Please call again later. Goodbye.');
      response.hangup();
      break;
    case 'hang-up':
      response.hangup();
      break;
  }
  return response.toString();
}
