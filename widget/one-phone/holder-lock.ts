/** What of the Web Locks API is used. W3C: Web Locks. */
export type Locks = Pick<LockManager, 'request'>;

export interface HolderLockEvents {
  /** This tab has the phone now. */
  onHeld: () => void;
  /** Another tab has taken it. */
  onStolen: () => void;
}

/** The right to be the one tab with the phone, or with the headset: the browser gives it to the next tab the moment its holder is gone. */
export class HolderLock {
  readonly #name: string;
  readonly #locks: Locks;
  readonly #events: HolderLockEvents;
  #letGo: (() => void) | undefined;
  #waiting: AbortController | undefined;
  #givenUp = false;

  constructor(name: string, locks: Locks, events: HolderLockEvents) {
    this.#name = name;
    this.#locks = locks;
    this.#events = events;
  }

  get held(): boolean {
    return this.#letGo !== undefined;
  }

  /** True when the phone was free; else this tab waits in line for it. */
  async take(): Promise<boolean> {
    if (await this.#request({ ifAvailable: true })) return true;
    this.#wait();
    return false;
  }

  /** Takes the phone from whoever has it. */
  async steal(): Promise<void> {
    this.#waiting?.abort();
    await this.#request({ steal: true });
  }

  /** Gives the phone, or the place in line, up for good. */
  release(): void {
    this.#givenUp = true;
    this.#waiting?.abort();
    this.#letGo?.();
    this.#letGo = undefined;
  }

  #wait(): void {
    if (this.#givenUp) return;
    const waiting = new AbortController();
    this.#waiting = waiting;
    void this.#request({ signal: waiting.signal });
  }

  /** Resolves when it is decided: true when held. */
  #request(options: LockOptions): Promise<boolean> {
    return new Promise((resolve) => {
      let mine: (() => void) | undefined;
      const hold = (lock: Lock | null): Promise<void> | undefined => {
        resolve(lock !== null);
        // The browser answers later: by then nobody may be there to let go of it.
        if (!lock || this.#givenUp || options.signal?.aborted) return undefined;
        const until = new Promise<void>((letGo) => (mine = letGo));
        this.#letGo = mine;
        this.#events.onHeld();
        return until;
      };
      this.#locks.request(this.#name, options, hold).catch(() => {
        resolve(false);
        // Stolen while it was held; a request that was given up in line ends here too.
        if (!mine || this.#letGo !== mine) return;
        this.#letGo = undefined;
        this.#events.onStolen();
        // Back to the end of the line: the thief's tab may be closed before this one.
        this.#wait();
      });
    });
  }
}
