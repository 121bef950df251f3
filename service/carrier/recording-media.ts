import type { RecordingMedia } from '../calls/ports.ts';

export interface RecordingMediaOptions {
  baseUrl: string;
  accountSid: string;
  apiKey: string;
  apiSecret: string;
}

/**
 * Recordings in the carrier's store. The address is built from SIDs, never taken from a webhook's RecordingUrl, and the
 * API key is always sent: it works whether the account asks for it or not (Twilio: HTTP authentication on media).
 */
export function createRecordingMedia({
  baseUrl,
  accountSid,
  apiKey,
  apiSecret,
}: RecordingMediaOptions): RecordingMedia {
  const authorization = `Basic ${Buffer.from(`${apiKey}:${apiSecret}`).toString('base64')}`;
  return {
    async open(recordingSid, range, signal) {
      const url = new URL(
        `${baseUrl}/2010-04-01/Accounts/${accountSid}/Recordings/${recordingSid}.wav?RequestedChannels=2`,
      );
      const headers = new Headers(range ? { Range: range } : {});
      headers.set('Authorization', authorization);
      let response = await fetch(url, { headers, signal, redirect: 'manual' });
      const location = response.headers.get('location');
      if (response.status >= 300 && response.status < 400 && location) {
        const next = new URL(location, url);
        if (next.host !== url.host) headers.delete('Authorization');
        response = await fetch(next, { headers, signal, redirect: 'error' });
      }
      if (response.status === 404) return undefined;
      if (!response.ok) throw new Error(`the carrier answered ${response.status} for the recording's media`);
      return response;
    },
  };
}
