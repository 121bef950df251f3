import type { CallControl } from '../calls/ports.ts';

const ANSWER_WITHIN_MS = 10_000;

/** Twilio's error codes: there is no such resource; the call is not in progress. */
const OVER = new Set([20404, 21220]);

export interface CallControlOptions {
  baseUrl: string;
  accountSid: string;
  apiKey: string;
  apiSecret: string;
}

async function codeOf(response: Response): Promise<number | undefined> {
  const body = (await response.json().catch(() => undefined)) as { code?: unknown } | undefined;
  return typeof body?.code === 'number' ? body.code : undefined;
}

/** The carrier's REST API, as far as calls in progress need it (Twilio: Call resource, Recording resource). */
export function createCallControl({ baseUrl, accountSid, apiKey, apiSecret }: CallControlOptions): CallControl {
  const authorization = `Basic ${Buffer.from(`${apiKey}:${apiSecret}`).toString('base64')}`;

  function request(method: string, path: string, form?: Record<string, string>): Promise<Response> {
    return fetch(`${baseUrl}/2010-04-01/Accounts/${accountSid}/${path}`, {
      method,
      headers: { Authorization: authorization },
      ...(form && { body: new URLSearchParams(form) }),
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      redirect: 'error',
    });
  }

  return {
    async end(callSid) {
      const response = await request('POST', `Calls/${callSid}.json`, { Status: 'completed' });
      if (response.ok) {
        await response.body?.cancel();
        return 'ended';
      }
      const code = await codeOf(response);
      if (code !== undefined && OVER.has(code)) return 'over';
      throw new Error(`the carrier answered ${response.status} (${code ?? 'no code'}) when asked to end a call`);
    },

    async deleteRecording(recordingSid) {
      const response = await request('DELETE', `Recordings/${recordingSid}.json`);
      await response.body?.cancel();
      if (response.ok || response.status === 404) return 'deleted';
      if (response.status === 400 || response.status === 409) return 'busy';
      throw new Error(`the carrier answered ${response.status} when asked to delete a recording`);
    },
  };
}
