import type { CallRecord, DialAnswer, DialRequest, TokenAnswer } from '../service/contract.ts';
import type { DialerSettings } from './core/dialer.ts';
import { AnswerError, createServiceAccess } from './service-access.ts';
import { followEvents } from './service-events.ts';

export interface CallListener {
  onCall: (record: CallRecord) => void;
  /** The stream is open; what happened before was not heard. */
  onOpen: () => void;
}

/** The service's API for an agent. Everything rejects with a ProblemError. */
export interface ServiceClient {
  requestAccessToken: () => Promise<TokenAnswer>;
  requestDial: (request: DialRequest) => Promise<DialAnswer>;
  /** Undefined while the carrier has not asked for the call. */
  getCall: (callId: string) => Promise<CallRecord | undefined>;
  /** This agent's calls as they change, across lost connections, until the returned function is called. */
  watchCalls: (listener: CallListener) => () => void;
}

export function createServiceClient(settings: Omit<DialerSettings, 'defaultCountry'>): ServiceClient {
  const access = createServiceAccess(settings);
  return {
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
    watchCalls: ({ onCall, onOpen }) =>
      followEvents(access, {
        onOpen,
        onMessage: ({ event, data }) => event === 'call' && onCall(JSON.parse(data) as CallRecord),
      }).stop,
  };
}
