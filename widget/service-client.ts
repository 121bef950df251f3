import type {
  CallPage,
  CallPatch,
  CallRecord,
  DialAnswer,
  DialRequest,
  PhoneCommand,
  PhoneReport,
  RecordingPause,
  SettingsAnswer,
  TokenAnswer,
} from '../service/contract.ts';
import { AnswerError, createServiceAccess, type ServiceAddress } from './service-access.ts';
import { followEvents, type EventsListener, type FollowedEvents } from './service-events.ts';

/** The service's API for an agent. Everything rejects with a ProblemError. */
export interface ServiceClient {
  /** Whom the CRM's token names: its `sub`; empty when the token cannot be read here. */
  agentId: () => Promise<string>;
  requestAccessToken: () => Promise<TokenAnswer>;
  requestDial: (request: DialRequest) => Promise<DialAnswer>;
  /** Undefined while the carrier has not asked for the call. */
  getCall: (callId: string) => Promise<CallRecord | undefined>;
  calls: (query: string) => Promise<CallPage>;
  changeCall: (callId: string, patch: CallPatch) => Promise<CallRecord>;
  settings: () => Promise<SettingsAnswer>;
  /** `hangup` ends the call · `away` its page is being left · `back` it is taken up again · `recording` is paused or not. */
  tellOfCall: (callId: string, what: 'hangup' | 'away' | 'back' | 'recording', is?: RecordingPause) => Promise<void>;
  reportPhone: (report: PhoneReport) => Promise<void>;
  phoneGone: (holder: string) => Promise<void>;
  commandPhone: (command: PhoneCommand, signal: AbortSignal) => Promise<void>;
  /** This agent's events, across lost connections. */
  follow: (listener: EventsListener) => FollowedEvents;
}

/** Also of a page that is being left. */
const TO_THE_END: RequestInit = { keepalive: true };

export function createServiceClient(settings: ServiceAddress): ServiceClient {
  const access = createServiceAccess(settings);
  const withBody = (method: string, body: object): RequestInit => ({
    method,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
    ...TO_THE_END,
  });
  const tell = async (...asked: Parameters<typeof access.request>) => void (await access.request(...asked));
  return {
    agentId: () => access.agentId(),
    requestAccessToken: () => access.send('POST', 'api/calls/token', {}),
    requestDial: (request) => access.send('POST', 'api/calls', request),
    async getCall(callId) {
      try {
        return await access.json<CallRecord>(`api/calls/${callId}`);
      } catch (error) {
        if (error instanceof AnswerError && error.answerCode === 'not-found') return undefined;
        throw error;
      }
    },
    calls: (query) => access.json(`api/calls?${query}`),
    changeCall: (callId, patch) => access.send('PATCH', `api/calls/${callId}`, patch),
    settings: () => access.json('api/calls/settings'),
    tellOfCall: (callId, what, is: object = {}) => tell(`api/calls/${callId}/${what}`, withBody('POST', is)),
    reportPhone: (report) => tell('api/calls/phone', withBody('PUT', report)),
    phoneGone: (holder) => tell(`api/calls/phone?holder=${holder}`, { method: 'DELETE', ...TO_THE_END }),
    commandPhone: (command, signal) => tell('api/calls/phone/commands', withBody('POST', command), signal),
    follow: (listener) => followEvents(access, listener),
  };
}
