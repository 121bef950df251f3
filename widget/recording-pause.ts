import type { ErrorCode } from '../service/contract.ts';
import type { DialerState } from './core/state.ts';
import type { RecordingPauseResult } from './core/dialer.ts';
import { AnswerError } from './service-access.ts';
import type { ServiceClient } from './service-client.ts';

/** The service's words for a call of which nothing is being recorded. */
const NOT_RUNNING: ReadonlySet<ErrorCode | undefined> = new Set([
  'recording-not-running',
  'not-recorded',
  'call-over',
  'not-found',
]);

export interface RecordingPauserOptions {
  client: Pick<ServiceClient, 'tellOfCall'>;
  phone: { getState(): DialerState };
}

/**
 * Asks the service to pause the recording of the call in progress, or to record on. Not of the phone: it is the service
 * that has the recording, so that a tab whose phone is elsewhere asks as well as any.
 */
export function createRecordingPauser({ client, phone }: RecordingPauserOptions) {
  return async (paused: boolean): Promise<RecordingPauseResult> => {
    const { call } = phone.getState();
    if (!call) return 'not-running';
    try {
      await client.tellOfCall(call.callId, 'recording', { paused });
      return 'done';
    } catch (error) {
      const code = error instanceof AnswerError ? error.answerCode : undefined;
      if (NOT_RUNNING.has(code)) return 'not-running';
      return code === 'carrier-unreachable' ? 'carrier-refused' : 'service-away';
    }
  };
}
