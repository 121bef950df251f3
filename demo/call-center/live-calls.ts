import type { CALL_EVENT, CallPage, CallRecord } from '../../service/contract.ts';
import { readEventStream } from './event-stream.ts';
import type { ServiceAccess } from './service-access.ts';

const CALL: typeof CALL_EVENT = 'call';

/** The service sends a comment every 15 s: after a silence this long the connection is dead. */
const LONGEST_SILENCE_MS = 40_000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10_000;

export interface LiveCallsListener {
  /** The newest calls, after each (re)connection; `since` came by event while the page was on its way. */
  connected(page: CallPage, since: readonly CallRecord[]): void;
  changed(call: CallRecord): void;
  /** The connection is gone; the next attempt follows by itself. */
  lost(): void;
}

export async function fetchCalls(
  access: ServiceAccess,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<CallPage> {
  const path = cursor === null ? '/api/calls' : `/api/calls?cursor=${encodeURIComponent(cursor)}`;
  const response = await access.fetch(path, signal && { signal });
  return (await response.json()) as CallPage;
}

/** One connection, until it breaks. The stream opens before the page is read, so that no change falls between. */
async function followOnce(access: ServiceAccess, listener: LiveCallsListener): Promise<void> {
  const connection = new AbortController();
  const giveUp = () => connection.abort();
  let silence = setTimeout(giveUp, LONGEST_SILENCE_MS);
  const heard = () => {
    clearTimeout(silence);
    silence = setTimeout(giveUp, LONGEST_SILENCE_MS);
  };
  const { signal } = connection;
  try {
    const stream = await access.fetch('/api/calls/events', { accept: 'text/event-stream', signal });
    let since: CallRecord[] | undefined = [];
    const newest = (async () => {
      const page = await fetchCalls(access, null, signal);
      listener.connected(page, since ?? []);
      since = undefined;
    })();
    const changes = (async () => {
      for await (const { event, data } of readEventStream(stream, heard)) {
        if (event !== CALL) continue;
        const call = JSON.parse(data) as CallRecord;
        if (since) since.push(call);
        else listener.changed(call);
      }
    })();
    await Promise.all([newest, changes]);
  } finally {
    clearTimeout(silence);
    connection.abort();
  }
}

/** Follows this agent's calls for as long as the page lives, through every broken connection and expired token. */
export function followCalls(access: ServiceAccess, listener: LiveCallsListener): { retryNow(): void } {
  let wait = FIRST_WAIT_MS;
  let goOn = () => {};
  const attempt: LiveCallsListener = {
    ...listener,
    connected(page, since) {
      wait = FIRST_WAIT_MS;
      listener.connected(page, since);
    },
  };

  async function follow(): Promise<never> {
    for (;;) {
      // Why it broke does not matter: "lost" is shown, and the next attempt tells.
      await followOnce(access, attempt).catch(() => {});
      listener.lost();
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, wait);
        goOn = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    }
  }

  void follow();
  window.addEventListener('online', () => goOn());
  return { retryNow: () => goOn() };
}
