import type { WrapUp, WrapUpResult } from './core/dialer.ts';
import { ProblemError } from './core/problem-error.ts';
import type { ProblemCode } from './core/state.ts';
import { isNoteChanged, joinedNote, MOST_MEETINGS, MOST_NOTE_CHARACTERS, MOST_SENT } from './joined-note.ts';
import { AnswerError } from './service-access.ts';
import type { ErrorCode } from '../service/contract.ts';

const FIRST_RETRY_MS = 5000;
const LAST_RETRY_MS = 300_000;

/** How long `save` waits for another tab that is sending; what is kept by then goes out with the next flush. */
const LOCK_WAIT_MS = 10_000;

/** Refused wrap-ups that are remembered, so that a browser used for years does not fill up. */
const MOST_REFUSED = 20;

/** Troubles that pass by themselves or by signing in again. */
const PASSING: ReadonlySet<ProblemCode> = new Set([
  'service-unreachable',
  'service-not-set',
  'unauthenticated',
  'connection-lost',
  'service-busy',
]);

/** Those of them in which the service takes nothing, whatever is sent. */
const TAKES_NOTHING: ReadonlySet<ProblemCode> = new Set(['unauthenticated', 'service-busy']);

/** What is wrong with the wrap-up itself, and stays so. */
const REFUSALS: ReadonlySet<ErrorCode | undefined> = new Set([
  'invalid-request',
  'disposition-unknown',
  'call-back-time-refused',
]);

/** `away`: kept, and so is whatever else would be sent now. */
type Outcome = WrapUpResult | 'away';

function outcomeOf(error: unknown): Outcome {
  const answerCode = error instanceof AnswerError ? error.answerCode : undefined;
  if (REFUSALS.has(answerCode)) return 'refused';
  if (!(error instanceof ProblemError)) return 'kept';
  const { code } = error.problem;
  if (!PASSING.has(code)) return 'refused';
  return answerCode && !TAKES_NOTHING.has(code) ? 'kept' : 'away';
}

export interface WrapUpOutboxOptions {
  /**
   * Gives a wrap-up to the service. Rejects with a ProblemError; only a refusal may have a code that does not pass. The
   * answer `note-changed` is no refusal: somebody else has written, and what is sent again has both texts.
   */
  send: (callId: string, wrapUp: WrapUp) => Promise<void>;
  /** The note of a call as the service has it; empty for none. Rejects like `send`. */
  noteOf: (callId: string) => Promise<string>;
  /** Where it waits: `localStorage`. */
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  /** Names the service. */
  key: string;
  /** Who is signed in now, so that nobody sends what another one wrote; empty, or rejects, when that cannot be known. */
  agentId: () => Promise<string>;
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
  /** What waits of a call, of this agent's. */
  waiting(callId: string): WrapUp | undefined;
  /**
   * Tells that something else waits, in this tab or another, until what it answers is called; and of which call it does
   * so no more since the service has refused it.
   */
  watch(listener: (refusedCallId?: string) => void): () => void;
  /** How many wait, of this agent's. */
  pending(): number;
  /** What was kept of a call, promised to be sent, and refused later on: nobody has the text any more but this. */
  refused(callId: string): WrapUp | undefined;
  /** The agent has seen a refused one. */
  forget(callId: string): void;
  close(): void;
}

interface Entry {
  readonly callId: string;
  readonly wrapUp: Omit<WrapUp, 'noteBefore'>;
  /** What the service had when the note was written; absent when that is not to be asked for. */
  readonly noteBefore?: string | undefined;
  /** Notes of this call that were kept before it and are not known to have arrived. */
  readonly noteSent?: readonly string[] | undefined;
  /** Who wrote it; absent when that was not known, then it is anybody's. */
  readonly agent?: string | undefined;
  /** Tells a newer text of the same call from the one being sent. */
  readonly version: string;
  readonly refused?: boolean;
}

const isRefused = ({ refused }: Entry) => refused === true;

/** What is kept in the place of one that waits, if one does: what it leaves as it was goes out with it. */
function renewed(waiting: Entry | undefined, { noteBefore, ...written }: WrapUp) {
  const wrapUp = { ...waiting?.wrapUp, ...written };
  if (written.note === undefined) return { wrapUp, noteBefore: waiting?.noteBefore, noteSent: waiting?.noteSent };
  const older = waiting?.wrapUp.note;
  if (noteBefore === undefined || older === undefined) return { wrapUp, noteBefore };
  const noteSent = [...(waiting?.noteSent ?? []), older].slice(-MOST_SENT);
  const isOver = noteBefore.trim() === older.trim();
  // Another tab's, which was not there when this one was begun, is somebody else's.
  const note = isOver ? written.note : joinedNote({ theirs: older, mine: written.note, before: noteBefore });
  return { wrapUp: { ...wrapUp, note }, noteBefore: waiting?.noteBefore, noteSent };
}

/** Wrap-ups on their way to the service: the newest words on every call, kept while the service is away, sent once. */
export function createWrapUpOutbox(options: WrapUpOutboxOptions): WrapUpOutbox {
  const { send, noteOf, storage } = options;
  const page = options.page ?? globalThis.window;
  const locks = options.locks ?? globalThis.navigator?.locks;
  const storageKey = `almasar-wrap-up:${options.key}`;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let retryMs = FIRST_RETRY_MS;
  const listeners = new Set<(refusedCallId?: string) => void>();
  /** Who is signed in, as last known. */
  let agent = '';
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

  const isOwn = (entry: Entry) => (entry.agent ?? agent) === agent;
  const isWaiting = (entry: Entry) => !isRefused(entry) && isOwn(entry);

  /** False when the storage is full or not allowed. */
  function write(entries: readonly Entry[], refusedCallId?: string): boolean {
    try {
      const refused = entries.filter(isRefused).slice(-MOST_REFUSED);
      const kept = entries.filter((entry) => !isRefused(entry) || refused.includes(entry));
      if (kept.length) storage.setItem(storageKey, JSON.stringify(kept));
      else storage.removeItem(storageKey);
    } catch {
      return false;
    }
    tell(refusedCallId);
    return true;
  }

  function pending(): number {
    return read().filter(isWaiting).length;
  }

  const waitingEntry = (callId: string) => read().find((entry) => entry.callId === callId && isWaiting(entry));
  const waiting = (callId: string) => waitingEntry(callId)?.wrapUp;

  function refused(callId: string): WrapUp | undefined {
    return read()
      .filter((entry) => entry.callId === callId && isRefused(entry) && isOwn(entry))
      .reduce<WrapUp | undefined>(
        (all, { wrapUp, noteBefore }) => ({ ...all, ...wrapUp, ...(noteBefore !== undefined && { noteBefore }) }),
        undefined,
      );
  }

  function tell(refusedCallId?: string): void {
    for (const listener of listeners) listener(refusedCallId);
  }

  /** False when it cannot be known. */
  async function learnAgent(): Promise<boolean> {
    const now = await options.agentId().catch(() => '');
    if (now && now !== agent) {
      agent = now;
      tell();
    }
    return now !== '';
  }

  async function exclusive(work: () => Promise<void>, signal?: AbortSignal): Promise<void> {
    const inTurn = async () => {
      const turn = sending.then(work);
      sending = turn.catch(() => {});
      await turn;
    };
    await (locks ? locks.request(storageKey, signal ? { signal } : {}, inTurn) : inTurn());
  }

  type Sendable = Pick<Entry, 'callId' | 'wrapUp' | 'noteBefore' | 'noteSent'>;

  /** Where others have written of the call since, what is sent has their note, too. */
  async function sendBeside({ callId, wrapUp, noteBefore, noteSent }: Sendable): Promise<WrapUpResult> {
    const { note: mine } = wrapUp;
    if (mine === undefined || noteBefore === undefined) {
      await send(callId, wrapUp);
      return 'saved';
    }
    let note = mine;
    let theirs = noteBefore;
    for (let left = MOST_MEETINGS; left > 0 && note.trim().length <= MOST_NOTE_CHARACTERS; left--) {
      try {
        await send(callId, { ...wrapUp, note, noteBefore: theirs });
        return 'saved';
      } catch (error) {
        if (!isNoteChanged(error)) throw error;
        theirs = await noteOf(callId);
        note = joinedNote({ theirs, mine, before: noteBefore, sent: noteSent });
      }
    }
    return note.trim().length > MOST_NOTE_CHARACTERS ? 'refused' : 'kept';
  }

  const attempt = (of: Sendable): Promise<Outcome> => sendBeside(of).catch(outcomeOf);

  /** Sends one that waits. What of it was kept before stays here when it is refused: nobody else has it. */
  async function sendEntry(entry: Entry, before: WrapUp | undefined): Promise<Outcome> {
    const outcome = await attempt(entry);
    if (outcome === 'kept' || outcome === 'away') return outcome;
    const others = read().filter(({ version }) => version !== entry.version);
    const replaced = read().length === others.length;
    if (outcome === 'saved') write(others);
    else if (before && !replaced) write([...others, { ...entry, wrapUp: before, refused: true }], entry.callId);
    else write(others, entry.callId);
    return outcome;
  }

  function retryLater(): void {
    clearTimeout(timer);
    if (closed) return;
    // Up to a quarter later, so that the tabs of a whole office do not come at once.
    timer = setTimeout(() => void flush(), retryMs * (1 + Math.random() / 4));
    retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
  }

  async function sendAll(): Promise<void> {
    const kept = new Set<string>();
    for (;;) {
      if (!(await learnAgent())) return retryLater();
      const entry = closed ? undefined : read().find((each) => isWaiting(each) && !kept.has(each.version));
      if (!entry) break;
      const outcome = await sendEntry(entry, entry.wrapUp);
      if (outcome === 'away') return retryLater();
      if (outcome === 'kept') kept.add(entry.version);
    }
    if (kept.size > 0) retryLater();
    else retryMs = FIRST_RETRY_MS;
  }

  async function flush(): Promise<void> {
    clearTimeout(timer);
    if (closed || read().every(isRefused)) return;
    try {
      await exclusive(sendAll);
    } catch {
      retryLater();
    }
  }

  async function save(callId: string, wrapUp: WrapUp): Promise<WrapUpResult> {
    const isKnown = await learnAgent();
    const before = waitingEntry(callId);
    const entry: Entry = {
      callId,
      ...renewed(before, wrapUp),
      agent: agent || undefined,
      version: crypto.randomUUID(),
    };
    if (!write([...read().filter((other) => other.callId !== callId || !isWaiting(other)), entry])) {
      return (await attempt({ callId, ...renewed(undefined, wrapUp) })) === 'saved' ? 'saved' : 'refused';
    }
    let result = 'kept' as Outcome;
    try {
      await exclusive(async () => {
        if (!isKnown || !(await learnAgent())) return;
        const mine = read().find(({ version }) => version === entry.version);
        if (mine && isOwn(mine)) result = await sendEntry(mine, before?.wrapUp);
        // Gone: another tab has sent it, unless a newer text goes out in its place.
        else if (!mine && !waiting(callId)) result = 'saved';
      }, AbortSignal.timeout(LOCK_WAIT_MS));
    } catch {
      // Another tab is sending and takes long: it stays kept.
    }
    if (result === 'saved') void flush();
    else if (pending()) retryLater();
    return result === 'away' ? 'kept' : result;
  }

  const wake = () => void flush();
  const heard = ({ key }: Event & { key?: string | null }) => key === storageKey && tell();
  for (const type of ['online', 'visibilitychange']) page?.addEventListener(type, wake);
  page?.addEventListener('storage', heard);
  void learnAgent().then(flush);

  return {
    save,
    flush,
    waiting,
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    pending,
    refused,
    forget: (callId) =>
      void write(read().filter((entry) => entry.callId !== callId || !isRefused(entry) || !isOwn(entry))),
    close() {
      closed = true;
      clearTimeout(timer);
      for (const type of ['online', 'visibilitychange']) page?.removeEventListener(type, wake);
      page?.removeEventListener('storage', heard);
    },
  };
}
