/** The calls as a file on the reader's disk: `busy` while it is on its way. */
export class CallsFile {
  state: 'idle' | 'busy' | 'failed' = 'idle';
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  #set(state: CallsFile['state']): void {
    this.state = state;
    this.#changed();
  }

  /** The service wants to know who asks, which a plain link does not say. */
  async save(read: () => Promise<Blob>): Promise<void> {
    if (this.state === 'busy') return;
    this.#set('busy');
    try {
      const anchor = document.createElement('a');
      anchor.href = URL.createObjectURL(await read());
      anchor.download = `calls-${new Date().toISOString().slice(0, 10)}.csv`;
      anchor.click();
      setTimeout(() => URL.revokeObjectURL(anchor.href), 60_000);
      this.#set('idle');
    } catch {
      this.#set('failed');
    }
  }
}
