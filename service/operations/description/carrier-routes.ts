import type { z } from 'zod';
import {
  checkRecording,
  dialResult,
  inboundCall,
  legStatus,
  outboundCall,
  recordingStatus,
} from '../../carrier/webhook-fields.ts';
import type { DescribedRoute } from './described-route.ts';

function twiml(path: string, summary: string, body?: z.ZodType): DescribedRoute {
  return {
    method: 'post',
    path: `/api/calls/twiml/${path}`,
    tag: 'Carrier',
    summary,
    access: 'carrier',
    ...(body && { body }),
    answers: { 200: { text: 'TwiML.', contentType: 'text/xml' } },
  };
}

function news(path: string, summary: string, body: z.ZodType): DescribedRoute {
  return {
    method: 'post',
    path: `/api/calls/webhook/${path}`,
    tag: 'Carrier',
    summary,
    access: 'carrier',
    body,
    answers: { 204: { text: 'Kept, on disk.' } },
  };
}

/** What Twilio asks and tells. Only the fields that are read are described. */
export const carrierRoutes: readonly DescribedRoute[] = [
  twiml('outbound', 'Voice Request URL of the TwiML App: an agent’s browser places a call', outboundCall),
  twiml('dial-result', 'How the call to the customer went', dialResult),
  twiml('announcement', 'What the customer hears before a recorded conversation'),
  twiml('inbound', '“A call comes in” of each number: a customer calls', inboundCall),
  twiml('inbound-result', 'How ringing the agents went'),
  twiml('check-playback', 'Line check: plays back what was said', checkRecording),
  twiml('fallback', 'Voice Fallback URL: what a caller hears when another address has failed'),
  news('status', 'Status callback of the TwiML App, of numbers and of legs', legStatus),
  news('recording', 'Recording status callback', recordingStatus),
  news('check-recording', 'Line check: its recording is ready', checkRecording),
  {
    method: 'get',
    path: '/api/calls/line-check/:sid',
    tag: 'Carrier',
    summary: 'Line check: the audio that is played back',
    access: 'link',
    answers: {
      200: { text: 'The recording.', contentType: 'audio/wav' },
      206: { text: 'The part that Range names.', contentType: 'audio/wav' },
    },
    errors: ['link-invalid', 'not-found', 'carrier-unreachable'],
  },
];
