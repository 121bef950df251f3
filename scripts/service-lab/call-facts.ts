import { randomBytes } from 'node:crypto';
import { uuidV7 } from '../../service/calls/uuid-v7.ts';
import { ACCOUNT } from './settings.ts';
import { agentRequest, crmToken, sid, type Form } from './http-request.ts';

/** A call that an agent places, with the SIDs that the carrier gives to its two legs. */
export interface LabCall {
  callId: string;
  agent: string;
  /** E.164 */
  to: string;
  callSid: string;
  childSid: string;
}

/** What the carrier says in every request about a leg, besides what the request is about (facts: 24 fields, 558 bytes). */
function legFields(call: LabCall): Record<string, string> {
  return {
    AccountSid: ACCOUNT.accountSid,
    ApiVersion: '2010-04-01',
    Called: call.to,
    CalledCity: '',
    CalledCountry: 'EG',
    CalledState: '',
    CalledZip: '',
    Caller: ACCOUNT.callerId,
    CallerCity: '',
    CallerCountry: 'EG',
    CallerState: '',
    CallerZip: '',
    From: ACCOUNT.callerId,
    To: call.to,
  };
}

export function labCall(index: number, agent = `agent${index % 997}`): LabCall {
  // As the widget makes them: the database keeps the calls of a time beside each other.
  const callId = uuidV7(Date.now(), randomBytes(10));
  const to = `+2010${String(10_000_000 + (index % 89_999_999)).padStart(8, '0')}`;
  return { callId, agent, to, callSid: sid('CA', callId), childSid: sid('CA', callId, 'child') };
}

/** The dial intent, as the widget sends it. */
export function intentRequest(call: LabCall, bearer = crmToken({ sub: call.agent })): Buffer {
  return agentRequest(bearer, 'POST', '/api/calls', { callId: call.callId, to: call.to, customerName: 'أحمد سمير' });
}

/** The carrier's question what to do with the call that the agent's phone placed. */
export function questionForm(call: LabCall, identity: string): Form {
  return {
    path: '/api/calls/twiml/outbound',
    fields: {
      ...legFields(call),
      Caller: `client:${identity}`,
      From: `client:${identity}`,
      To: '',
      Called: '',
      Direction: 'inbound',
      CallStatus: 'ringing',
      ApplicationSid: ACCOUNT.applicationSid,
      CallSid: call.callSid,
      CallId: call.callId,
    },
  };
}

/** Status callbacks of the customer's leg: each is one event, and each can be seen in the call's record. */
export function statusForms(call: LabCall): Form[] {
  const form = (status: string, sequence: number, more: Record<string, string> = {}): Form => ({
    path: '/api/calls/webhook/status',
    fields: {
      ...legFields(call),
      CallSid: call.childSid,
      ParentCallSid: call.callSid,
      CallStatus: status,
      CallbackSource: 'call-progress-events',
      Direction: 'outbound-dial',
      SequenceNumber: String(sequence),
      Timestamp: new Date(Date.now() + sequence * 1000).toUTCString().replace('GMT', '+0000'),
      ...more,
    },
  });
  return [
    form('ringing', 1),
    form('in-progress', 2),
    form('completed', 3, { CallDuration: '21', Duration: '1', SipResponseCode: '200' }),
  ];
}

export function recordingForm(call: LabCall): Form {
  return {
    path: '/api/calls/webhook/recording',
    fields: {
      AccountSid: ACCOUNT.accountSid,
      CallSid: call.callSid,
      RecordingSid: sid('RE', call.callId),
      RecordingStatus: 'completed',
      RecordingDuration: '20',
      RecordingChannels: '2',
      RecordingSource: 'DialVerb',
      RecordingUrl: `https://api.twilio.com/2010-04-01/Accounts/${ACCOUNT.accountSid}/Recordings/${sid('RE', call.callId)}`,
    },
  };
}
