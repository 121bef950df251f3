import type { MISSED_EVENT } from '../service/contract.ts';
import { readEventStream, type StreamMessage } from './event-stream.ts';
import type { ServiceAccess } from './service-access.ts';
import type { Listener, SharedBy, SharedStream } from './shared-stream.ts';

const MISSED: typeof MISSED_EVENT = 'missed';

/** The service sends a comment every 15 s; after three of them missing, the connection is dead. */
const SILENCE_MS = 45_000;
const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 15_000;

/** Whom what the service says is told. */
export interface EventsListener {
  onMessage: (message: StreamMessage) => void;
  /** What happened before now was not heard, and will not be: read it. Else a stream that opens again tells it first. */
  onMissed: () => void;
  onOpen: () => void;
  /** The stream broke or could not be opened; the next attempt follows by itself. */
  onLost?: () => void;
  /** Something has arrived, if only the service's sign of life: in a hidden page, too, whose timers are late. */
  onLife?: () => void;
}

/** How far an agent's events were heard here, through whichever connection. */
interface HeardTo {
  agent: string;
  id: string | undefined;
}

export interface FollowedEvents {
  /** Ends a wait between two attempts. */
  retryNow: () => void;
  stop: () => void;
}

/** The page that listens. */
export interface EventsPlace {
  /** Absent on a page that is not secure, and in old browsers: then every listener has a stream of its own. */
  readonly sharedBy: SharedBy | undefined;
  /** `pagehide`, `pageshow`, `freeze` and `resume` are heard here: window and document. */
  readonly page: EventTarget | undefined;
  readonly document: EventTarget | undefined;
}

function thisPage(): EventsPlace {
  const { locks } = navigator as { locks?: LockManager };
  return {
    sharedBy: locks && { locks, openChannel: (name) => new BroadcastChannel(name) },
    page: globalThis.window,
    document: globalThis.document,
  };
}

/** Follows the service's event stream across lost connections, until it is stopped. */
function keepListening(
  access: ServiceAccess,
  listener: Listener,
  heardTo: HeardTo,
  by: SharedBy | undefined,
): FollowedEvents {
  const closing = new AbortController();
  // A script of its own, which comes while the page is asked who its agent is.
  const sharing = by && import('./shared-stream.ts').catch(() => undefined);
  let shared: SharedStream | undefined;
  let goOn = () => {};

  /** Resolves after a time, or at once when there is nothing to wait for any more. */
  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      goOn = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(goOn, ms);
    });
  }

  /** One connection, until it ends or breaks; true if it was open at all. */
  async function read(agent: string, told: Listener, signal: AbortSignal): Promise<boolean> {
    const silence = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const alive = () => {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENCE_MS);
      if (open && !signal.aborted) told.onLife();
    };
    let open = false;
    try {
      alive();
      const since = heardTo.id;
      const init = { headers: { Accept: 'text/event-stream', ...(since && { 'Last-Event-ID': since }) } };
      const { body } = await access.request('api/calls/events', init, AbortSignal.any([signal, silence.signal]));
      // Somebody else may have signed in since, whose calls are not for the others who listen.
      if (!body || (await access.agentId()) !== agent || signal.aborted) return false;
      open = true;
      told.onOpen(since);
      for await (const message of readEventStream(body, alive)) {
        if (!signal.aborted) told.onMessage(message);
      }
    } catch {
      // Whatever broke it, the remedy is the next connection.
    } finally {
      clearTimeout(timer);
      // Whoever listens may have thrown, and nobody reads on.
      silence.abort();
    }
    return open;
  }

  /** The stream of this agent that is shared with other tabs; undefined when there is nobody to share with. */
  async function sharedWith(agent: string): Promise<SharedStream | undefined> {
    const script = await sharing;
    if (closing.signal.aborted) return undefined;
    const name = `almasar-events:${access.addressOf('').href}:${agent}`;
    if (shared?.name === name) return shared;
    shared?.close();
    shared = by && script && agent ? new script.SharedStream(name, by, listener) : undefined;
    return shared;
  }

  async function listenOnce(): Promise<boolean> {
    const { signal } = closing;
    const agent = await access.agentId();
    // Whose token cannot be read may be anybody.
    if (heardTo.agent !== agent || !agent) Object.assign(heardTo, { agent, id: undefined });
    const stream = await sharedWith(agent);
    if (!stream) return await read(agent, listener, signal);
    return await stream.turn((during) => read(agent, stream.told, during), signal);
  }

  async function listen(): Promise<void> {
    for (let wait = FIRST_RETRY_MS; ; wait = Math.min(wait * 2, LAST_RETRY_MS)) {
      if (await listenOnce().catch(() => false)) wait = FIRST_RETRY_MS;
      if (closing.signal.aborted) return;
      (shared?.told ?? listener).onLost();
      // Not all agents of a service that comes back at once.
      await pause(wait * (0.5 + Math.random()));
    }
  }

  void listen();
  return {
    retryNow: () => goOn(),
    stop() {
      closing.abort();
      shared?.close();
      goOn();
    },
  };
}

/**
 * Follows this agent's events, through one connection for all tabs of the origin. A page that sleeps, or waits to be
 * gone back to, gives its connection and its place in line up until it wakes.
 */
export function followEvents(access: ServiceAccess, listener: EventsListener, place = thisPage()): FollowedEvents {
  const { sharedBy, page, document } = place;
  const stopped = new AbortController();
  const { signal } = stopped;
  const heardTo: HeardTo = { agent: '', id: undefined };
  const heedful: Listener = {
    onOpen(since) {
      if (!(Number(heardTo.id) >= Number(since))) listener.onMissed();
      listener.onOpen();
    },
    onMessage(message) {
      heardTo.id = message.id ?? heardTo.id;
      if (message.event === MISSED) listener.onMissed();
      else listener.onMessage(message);
    },
    onLost: () => listener.onLost?.(),
    onLife: () => listener.onLife?.(),
  };
  const start = () => keepListening(access, heedful, heardTo, sharedBy);
  let following: FollowedEvents | undefined = start();
  const sleep = () => {
    following?.stop();
    following = undefined;
  };
  const wake = () => {
    if (following) return;
    heedful.onLost();
    following = start();
  };
  page?.addEventListener('pagehide', sleep, { signal });
  page?.addEventListener('pageshow', wake, { signal });
  document?.addEventListener('freeze', sleep, { signal });
  document?.addEventListener('resume', wake, { signal });
  return {
    retryNow: () => following?.retryNow(),
    stop() {
      stopped.abort();
      sleep();
    },
  };
}
