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
async function followOnce(access: ServiceAccess, listener: LiveCallsListener, stop: AbortSignal): Promise<void> {
  const connection = new AbortController();
  const giveUp = () => connection.abort();
  stop.addEventListener('abort', giveUp, { once: true });
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
    stop.removeEventListener('abort', giveUp);
    connection.abort();
  }
}

export interface FollowedCalls {
  /** Ends a wait between two attempts. */
  retryNow(): void;
  stop(): void;
}

/**
 * Follows this agent's calls through every broken connection and expired token, until it is stopped.
 * `network` fires `online` when it is worth trying at once: the window.
 */
export function followCalls(access: ServiceAccess, listener: LiveCallsListener, network: EventTarget): FollowedCalls {
  const stopping = new AbortController();
  const { signal } = stopping;
  let wait = FIRST_WAIT_MS;
  let goOn = () => {};
  const retryNow = () => goOn();
  const attempt: LiveCallsListener = {
    ...listener,
    connected(page, since) {
      wait = FIRST_WAIT_MS;
      listener.connected(page, since);
    },
  };

  async function follow(): Promise<void> {
    while (!signal.aborted) {
      // Why it broke does not matter: "lost" is shown, and the next attempt tells.
      await followOnce(access, attempt, signal).catch(() => {});
      if (signal.aborted) return;
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
  network.addEventListener('online', retryNow, { signal });
  return {
    retryNow,
    stop() {
      stopping.abort();
      goOn();
    },
  };
}
