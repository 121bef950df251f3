import type { CallRecord, PhoneCommand, PhoneEvent } from '../service/contract.ts';
import type { ServiceClient } from './service-client.ts';
import type { FollowedEvents } from './service-events.ts';

export interface FeedListener {
  onCall?: (record: CallRecord) => void;
  /** The agent's phone window; null: there is none. */
  onPhone?: (event: PhoneEvent) => void;
  onCommand?: (command: PhoneCommand) => void;
  /** The stream is back, and what happened since it broke was not heard. */
  onBack?: () => void;
  /** Something has arrived from the service. */
  onLife?: () => void;
}

/** One event stream for all in this page who want to hear: opened by the first, closed after the last. */
export class ServiceFeed {
  readonly #client: Pick<ServiceClient, 'follow'>;
  readonly #listeners = new Set<FeedListener>();
  #stream: FollowedEvents | undefined;
  #phone: PhoneEvent | undefined;

  constructor(client: Pick<ServiceClient, 'follow'>) {
    this.#client = client;
  }

  /** Hears of the phone window at once when that is known already. Returns the end of it. */
  listen(listener: FeedListener): () => void {
    this.#listeners.add(listener);
    if (this.#stream && this.#phone !== undefined) listener.onPhone?.(this.#phone);
    this.#stream ??= this.#open();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#close();
    };
  }

  /** Ends a wait between two attempts: the network is back. */
  retryNow(): void {
    this.#stream?.retryNow();
  }

  #close(): void {
    this.#stream?.stop();
    this.#stream = this.#phone = undefined;
  }

  #open(): FollowedEvents {
    let broken = false;
    return this.#client.follow({
      onMessage: ({ event, data }) => this.#tell(event, data),
      onLost: () => (broken = true),
      onOpen: () => {},
      onLife: () => this.#listeners.forEach(({ onLife }) => onLife?.()),
      onMissed: () => {
        if (broken) for (const { onBack } of this.#listeners) onBack?.();
        broken = false;
      },
    });
  }

  #tell(event: string, data: string): void {
    const value: unknown = JSON.parse(data);
    if (event === 'phone') this.#phone = value as PhoneEvent;
    for (const listener of this.#listeners) {
      if (event === 'call') listener.onCall?.(value as CallRecord);
      if (event === 'phone') listener.onPhone?.(value as PhoneEvent);
      if (event === 'phone-command') listener.onCommand?.(value as PhoneCommand);
    }
  }
}
