import type { StreamMessage } from './event-stream.ts';

/** Whom one connection after the other is told. */
export interface Listener {
  onMessage: (message: StreamMessage) => void;
  /** The stream is open. All that came after the message with the id `since` is told; without one, what comes from now on. */
  onOpen: (since: string | undefined) => void;
  /** The stream broke or could not be opened; the next attempt follows by itself. */
  onLost: () => void;
  /** Something has arrived, if only a sign of life. */
  onLife: () => void;
}

/** What shares a stream between the tabs of an origin. W3C: Web Locks; HTML: BroadcastChannel. */
export interface SharedBy {
  readonly locks: Pick<LockManager, 'request'>;
  readonly openChannel: (name: string) => BroadcastChannel;
}

/** What the tabs say to each other. `stream` names one connection to the service. */
type Relayed =
  | { readonly type: 'hello'; from: string }
  /** Told to all, or to one that has come later, with the newest of what the service says at the beginning only. */
  | { readonly type: 'open'; stream: string; since: string | undefined; to?: string; first?: StreamMessage | undefined }
  | { readonly type: 'message'; stream: string; message: StreamMessage }
  | { readonly type: 'life'; stream: string }
  | { readonly type: 'lost'; stream: string };

/** The service gives a sign of life every 15 s. A tab that passes none on hangs, in a dialog of its page for instance. */
const HANGS_MS = 60_000;

/** Said once when a stream opens, and then only when it changes. */
const FIRST_EVENT = 'phone';

/**
 * One event stream for all who listen in a browser: the one that holds the lock reads and tells the others. The browser
 * gives the lock to the next in line the moment its holder is gone; each connection is one turn.
 */
export class SharedStream {
  readonly name: string;
  readonly #by: SharedBy;
  readonly #listener: Listener;
  readonly #channel: BroadcastChannel;
  readonly #id = crypto.randomUUID();
  /** The connection that is heard, here or through another tab; and the one that is read here. */
  #heard = '';
  #own = '';
  #first: StreamMessage | undefined;
  /** The newest id that the connection read here has brought, or begun at. */
  #last: string | undefined;
  #hangs: ReturnType<typeof setTimeout> | undefined;
  #takeIt: (() => void) | undefined;

  constructor(name: string, by: SharedBy, listener: Listener) {
    this.name = name;
    this.#by = by;
    this.#listener = listener;
    this.#channel = by.openChannel(name);
    this.#channel.addEventListener('message', ({ data }: MessageEvent<Relayed>) => this.#onRelayed(data));
    this.#send({ type: 'hello', from: this.#id });
  }

  /** For the one who reads in its turn. */
  readonly told: Listener = {
    onOpen: (since) => {
      this.#own = crypto.randomUUID();
      this.#first = undefined;
      this.#last = since;
      this.#send({ type: 'open', stream: this.#own, since });
      this.#opened(this.#own, since);
    },
    onMessage: (message) => {
      this.#last = message.id ?? this.#last;
      if (message.event === FIRST_EVENT) this.#first = message;
      this.#send({ type: 'message', stream: this.#own, message });
      this.#listener.onMessage(message);
    },
    onLife: () => {
      this.#send({ type: 'life', stream: this.#own });
      this.#listener.onLife();
    },
    onLost: () => {
      const stream = this.#own;
      this.#own = '';
      if (stream) this.#send({ type: 'lost', stream });
      // Somebody else may read by now.
      if (this.#heard === stream) this.#lost();
    },
  };

  /** Waits in line, then reads; resolves with what `read` does, or with false when the turn was taken away. */
  async turn(read: (signal: AbortSignal) => Promise<boolean>, signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return false;
    const { locks } = this.#by;
    const waiting = new AbortController();
    const ending = new AbortController();
    let held = false;
    const hold = (): Promise<boolean> => {
      held = true;
      this.#takeIt = undefined;
      clearTimeout(this.#hangs);
      if (this.#heard) this.#lost();
      return read(AbortSignal.any([signal, ending.signal]));
    };
    this.#takeIt = () => waiting.abort();
    this.#onLife();
    try {
      const inLine = AbortSignal.any([signal, waiting.signal]);
      return await locks.request(this.name, { signal: inLine }, hold).catch((error: unknown) => {
        if (signal.aborted || held) throw error;
        // A page without an origin has no locks.
        return waiting.signal.aborted ? locks.request(this.name, { steal: true }, hold) : hold();
      });
    } catch {
      return false;
    } finally {
      this.#takeIt = undefined;
      ending.abort();
    }
  }

  close(): void {
    clearTimeout(this.#hangs);
    if (this.#own) this.#send({ type: 'lost', stream: this.#own });
    this.#own = '';
    this.#channel.close();
  }

  #send(message: Relayed): void {
    this.#channel.postMessage(message);
  }

  #opened(stream: string, since: string | undefined): void {
    if (this.#heard) this.#lost();
    this.#heard = stream;
    this.#listener.onOpen(since);
  }

  #lost(): void {
    this.#heard = '';
    this.#listener.onLost();
  }

  #onLife(): void {
    clearTimeout(this.#hangs);
    // Not all at once.
    this.#hangs = setTimeout(() => this.#takeIt?.(), HANGS_MS * (1 + Math.random() / 4));
  }

  #onRelayed(said: Relayed): void {
    if (said.type === 'hello') {
      const { from: to } = said;
      // One who reads the log now knows it as far as we do.
      const first = this.#first && { ...this.#first, id: this.#last };
      if (this.#own) this.#send({ type: 'open', stream: this.#own, since: this.#last, to, first });
      return;
    }
    this.#onLife();
    if (said.type === 'open') {
      if (said.stream === this.#heard || (said.to ?? this.#id) !== this.#id) return;
      this.#opened(said.stream, said.since);
      if (said.first) this.#listener.onMessage(said.first);
    } else if (said.stream === this.#heard) {
      if (said.type === 'message') this.#listener.onMessage(said.message);
      if (said.type === 'life') this.#listener.onLife();
      if (said.type === 'lost') this.#lost();
    }
  }
}
