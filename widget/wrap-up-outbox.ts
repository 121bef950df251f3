import type { WrapUp, WrapUpResult } from './core/dialer.ts';
import { problemOf } from './core/problem-error.ts';
import type { ProblemCode } from './core/state.ts';

const FIRST_RETRY_MS = 5000;
const LAST_RETRY_MS = 300_000;

/** How long `save` waits for another tab that is sending; what is kept by then goes out with the next flush. */
const LOCK_WAIT_MS = 10_000;

/** Refused wrap-ups that are remembered, so that a browser used for years does not fill up. */
const MOST_REFUSED = 20;

/** Troubles that pass by themselves or by signing in again; any other is the service's refusal. */
const PASSING: ReadonlySet<ProblemCode> = new Set([
  'service-unreachable',
  'service-not-set',
  'unauthenticated',
  'connection-lost',
]);

export interface WrapUpOutboxOptions {
  /** Gives a wrap-up to the service. Rejects with a ProblemError; only a refusal may have a code that does not pass. */
  send: (callId: string, wrapUp: WrapUp) => Promise<void>;
  /** Where it waits: `localStorage`. */
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  /** Names the service and the agent, so that nobody sends what another one wrote. */
  key: string;
  /** Where `online` and `visibilitychange` are heard; the window. */
  page?: EventTarget | undefined;
  /** Keeps other tabs from sending the same; the browser's, where it has them. */
  locks?: Pick<LockManager, 'request'> | undefined;
}

export interface WrapUpOutbox {
  /**
   * Sends a wrap-up, or keeps it. Never rejects. `refused`: the service does not take it, or neither the service nor
   * this computer could; then the caller still has the text and nothing else does.
   */
  save(callId: string, wrapUp: WrapUp): Promise<WrapUpResult>;
  /** Sends all that waits, now. Never rejects. */
  flush(): Promise<void>;
  /** What waits of a call. */
  waiting(callId: string): WrapUp | undefined;
  /** Tells that something else waits, in this tab or another, until what it answers is called. */
  watch(listener: () => void): () => void;
  /** How many wait. */
  pending(): number;
  /** What was kept, promised to be sent, and refused later on: nobody had the text any more but this. Oldest first. */
  refused(): readonly RefusedWrapUp[];
  /** The agent has seen a refused one. */
  forget(callId: string): void;
  close(): void;
}

export interface RefusedWrapUp {
  readonly callId: string;
  readonly wrapUp: WrapUp;
}

interface Entry extends RefusedWrapUp {
  /** Tells a newer text of the same call from the one being sent. */
  readonly version: string;
  readonly refused?: boolean;
}

const isRefused = ({ refused }: Entry) => refused === true;

/** Wrap-ups on their way to the service: the newest words on every call, kept while the service is away, sent once. */
export function createWrapUpOutbox(options: WrapUpOutboxOptions): WrapUpOutbox {
  const { send, storage } = options;
  const page = options.page ?? globalThis.window;
  const locks = options.locks ?? globalThis.navigator?.locks;
  const storageKey = `almasar-wrap-up:${options.key}`;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let retryMs = FIRST_RETRY_MS;
  const listeners = new Set<() => void>();
  let closed = false;
  /** Without locks, what this tab is sending. */
  let sending: Promise<unknown> = Promise.resolve();

  function read(): readonly Entry[] {
    try {
      const entries: unknown = JSON.parse(storage.getItem(storageKey) ?? '[]');
      return Array.isArray(entries) ? (entries as Entry[]) : [];
    } catch {
      return [];
    }
  }

  /** False when the storage is full or not allowed. */
  function write(entries: readonly Entry[]): boolean {
    try {
      const refused = entries.filter(isRefused).slice(-MOST_REFUSED);
      const kept = entries.filter((entry) => !isRefused(entry) || refused.includes(entry));
      if (kept.length) storage.setItem(storageKey, JSON.stringify(kept));
      else storage.removeItem(storageKey);
      return true;
    } catch {
      return false;
    } finally {
      tell();
    }
  }

  function pending(): number {
    return read().filter((entry) => !isRefused(entry)).length;
  }

  function waiting(callId: string): WrapUp | undefined {
    return read().find((entry) => entry.callId === callId && !isRefused(entry))?.wrapUp;
  }

  function tell(): void {
    for (const listener of listeners) listener();
  }

  async function exclusive(work: () => Promise<void>, signal?: AbortSignal): Promise<void> {
    const inTurn = async () => {
      const turn = sending.then(work);
      sending = turn.catch(() => {});
      await turn;
    };
    await (locks ? locks.request(storageKey, signal ? { signal } : {}, inTurn) : inTurn());
  }

  async function attempt(callId: string, wrapUp: WrapUp): Promise<WrapUpResult> {
    try {
      await send(callId, wrapUp);
      return 'saved';
    } catch (error) {
      const { code } = problemOf(error);
      return PASSING.has(code) || !(error instanceof Error && error.name === 'ProblemError') ? 'kept' : 'refused';
    }
  }

  /** Sends one that waits; `markRefused` when nobody waits for the answer. */
  async function sendEntry(entry: Entry, markRefused: boolean): Promise<WrapUpResult> {
    const result = await attempt(entry.callId, entry.wrapUp);
    if (result === 'kept') return result;
    const others = read().filter(({ version }) => version !== entry.version);
    const replaced = read().length === others.length;
    write(result === 'refused' && markRefused && !replaced ? [...others, { ...entry, refused: true }] : others);
    return result;
  }

  function retryLater(): void {
    clearTimeout(timer);
    if (closed) return;
    // Up to a quarter later, so that the tabs of a whole office do not come at once.
    timer = setTimeout(() => void flush(), retryMs * (1 + Math.random() / 4));
    retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
  }

  async function sendAll(): Promise<void> {
    for (;;) {
      const entry = closed ? undefined : read().find((waiting) => !isRefused(waiting));
      if (!entry) break;
      if ((await sendEntry(entry, true)) === 'kept') return retryLater();
    }
    retryMs = FIRST_RETRY_MS;
  }

  async function flush(): Promise<void> {
    clearTimeout(timer);
    if (closed || pending() === 0) return;
    try {
      await exclusive(sendAll);
    } catch {
      retryLater();
    }
  }

  async function save(callId: string, wrapUp: WrapUp): Promise<WrapUpResult> {
    // What another tab wrote of the call and this one leaves as it was goes out with it.
    const entry = { callId, wrapUp: { ...waiting(callId), ...wrapUp }, version: crypto.randomUUID() };
    if (!write([...read().filter((other) => other.callId !== callId), entry])) {
      const result = await attempt(callId, wrapUp);
      return result === 'kept' ? 'refused' : result;
    }
    let result = 'kept' as WrapUpResult;
    try {
      await exclusive(async () => {
        const mine = read().find((waiting) => waiting.callId === callId);
        // Gone: another tab has sent it. Of another version: a newer text goes out in its place.
        if (!mine) result = 'saved';
        else if (mine.version === entry.version) result = await sendEntry(mine, false);
      }, AbortSignal.timeout(LOCK_WAIT_MS));
    } catch {
      // Another tab is sending and takes long: it stays kept.
    }
    if (result === 'saved') void flush();
    else if (pending()) retryLater();
    return result;
  }

  const wake = () => void flush();
  const heard = ({ key }: Event & { key?: string | null }) => key === storageKey && tell();
  for (const type of ['online', 'visibilitychange']) page?.addEventListener(type, wake);
  page?.addEventListener('storage', heard);
  void flush();

  return {
    save,
    flush,
    waiting,
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    pending,
    refused: () =>
      read()
        .filter(isRefused)
        .map(({ callId, wrapUp }) => ({ callId, wrapUp })),
    forget: (callId) => void write(read().filter((entry) => entry.callId !== callId || !isRefused(entry))),
    close() {
      closed = true;
      clearTimeout(timer);
      for (const type of ['online', 'visibilitychange']) page?.removeEventListener(type, wake);
      page?.removeEventListener('storage', heard);
    },
  };
}
