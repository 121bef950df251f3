import type { CallControl } from '../calls/ports.ts';
import { errorCodeOf, type RestClient } from './rest-client.ts';

/** Twilio's error codes: there is no such resource; the call, or its recording, is not in progress. */
const OVER = new Set([20404, 21220]);

/** The carrier's REST API, as far as calls in progress need it (Twilio: Call resource, Recording resource). */
export function createCallControl(rest: RestClient): CallControl {
  return {
    async end(callSid) {
      const response = await rest.request('POST', `Calls/${callSid}.json`, { Status: 'completed' });
      if (response.ok) {
        await response.body?.cancel();
        return 'ended';
      }
      const code = await errorCodeOf(response);
      if (code !== undefined && OVER.has(code)) return 'over';
      throw new Error(`the carrier answered ${response.status} (${code ?? 'no code'}) when asked to end a call`);
    },

    async pauseRecording(callSid, recordingSid, paused) {
      const path = `Calls/${callSid}/Recordings/${recordingSid ?? 'Twilio.CURRENT'}.json`;
      // Silence, not a cut: the recording stays as long as the conversation.
      const form = paused ? { Status: 'paused', PauseBehavior: 'silence' } : { Status: 'in-progress' };
      const response = await rest.request('POST', path, form);
      if (response.ok) {
        await response.body?.cancel();
        return 'done';
      }
      const code = await errorCodeOf(response);
      if (code !== undefined && OVER.has(code)) return 'not-running';
      throw new Error(`the carrier answered ${response.status} (${code ?? 'no code'}) when asked to pause a recording`);
    },

    async deleteRecording(recordingSid) {
      const response = await rest.request('DELETE', `Recordings/${recordingSid}.json`);
      await response.body?.cancel();
      if (response.ok || response.status === 404) return 'deleted';
      if (response.status === 400 || response.status === 409) return 'busy';
      throw new Error(`the carrier answered ${response.status} when asked to delete a recording`);
    },

    async hasRecording(recordingSid) {
      const response = await rest.request('GET', `Recordings/${recordingSid}.json`);
      await response.body?.cancel();
      if (response.ok || response.status === 404) return response.ok;
      throw new Error(`the carrier answered ${response.status} when asked for a recording`);
    },
  };
}
