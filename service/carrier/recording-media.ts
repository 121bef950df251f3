import type { RecordingMedia } from '../calls/ports.ts';
import { mediaHosts, type MediaHostsOptions } from './media-hosts.ts';
import { authorizationOf, type Credentials } from './rest-client.ts';

/** For the carrier to begin its answer; how long the listener takes to play it is another matter. */
const ANSWER_WITHIN_MS = 10_000;

export interface RecordingMediaOptions extends MediaHostsOptions {
  accountSid: string;
  credentials: () => Promise<Credentials>;
}

/** Twilio sends the reader on to its storage. */
function redirection(response: Response, url: URL): URL | undefined {
  const location = response.headers.get('location');
  if (response.status < 300 || response.status >= 400 || location === null) return undefined;
  return new URL(location, url);
}

/**
 * Recordings in the carrier's store. The address is built from SIDs, never taken from a webhook's RecordingUrl, and the
 * API key is always sent: it works whether the account asks for it or not (Twilio: HTTP authentication on media). One redirection is followed.
 */
export function createRecordingMedia(options: RecordingMediaOptions): RecordingMedia {
  const { baseUrl, accountSid, credentials } = options;
  const allow = mediaHosts(options);

  async function fetchMedia(recordingSid: string, range: string | undefined, signal: AbortSignal): Promise<Response> {
    const url = new URL(
      `${baseUrl}/2010-04-01/Accounts/${accountSid}/Recordings/${recordingSid}.wav?RequestedChannels=2`,
    );
    // Compressed, the bytes would not be those that ranges and lengths count.
    const headers = new Headers({
      Authorization: authorizationOf(await credentials()),
      'Accept-Encoding': 'identity',
    });
    if (range !== undefined) headers.set('Range', range);
    const response = await fetch(url, { headers, signal, redirect: 'manual' });
    const next = redirection(response, url);
    if (!next) return response;
    await response.body?.cancel();
    await allow(next);
    if (next.host !== url.host) headers.delete('Authorization');
    return fetch(next, { headers, signal, redirect: 'error' });
  }

  return {
    async open(recordingSid, range, signal) {
      const slow = new AbortController();
      const timer = setTimeout(() => slow.abort(), ANSWER_WITHIN_MS);
      try {
        const response = await fetchMedia(recordingSid, range, AbortSignal.any([signal, slow.signal]));
        if (response.ok || response.status === 416) return response;
        await response.body?.cancel();
        if (response.status === 404) return undefined;
        throw new Error(`the carrier answered ${response.status} for the recording's media`);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
