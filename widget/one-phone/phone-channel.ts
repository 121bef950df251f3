import { newId } from '../new-id.ts';
import type { DialerState } from '../core/state.ts';

/** What the tabs of one agent say to each other. */
export type ChannelMessage =
  /** `page` names the page that the phone is in. */
  | { readonly type: 'state'; state: DialerState; page: string }
  /** A tab has come: where is the phone? */
  | { readonly type: 'hello' }
  /** After `until` (ms since the epoch) nobody waits for it any more: it has been done elsewhere, or given up. */
  | { readonly type: 'ask'; id: string; method: string; args: readonly unknown[]; until: number }
  /** Asks the tab that has the phone to give it up, which it does between calls. */
  | { readonly type: 'yield'; id: string }
  | { readonly type: 'done'; id: string };

/** A tab that does not answer in this time is frozen, or gone. */
const ANSWER_MS = 1500;

/** The tabs of one agent in one browser, on one origin. HTML: BroadcastChannel. */
export class PhoneChannel {
  readonly #channel: BroadcastChannel;
  readonly #answered = new Map<string, () => void>();

  constructor(channel: BroadcastChannel, onMessage: (message: ChannelMessage) => void) {
    this.#channel = channel;
    channel.addEventListener('message', ({ data }: MessageEvent<ChannelMessage>) => {
      if (data.type === 'done') this.#answered.get(data.id)?.();
      else onMessage(data);
    });
  }

  send(message: ChannelMessage): void {
    this.#channel.postMessage(message);
  }

  /** True once the tab that has the phone says that it is done; false when nobody answers. */
  ask(message: { readonly type: 'yield' } | { readonly type: 'ask'; method: string; args: readonly unknown[] }) {
    const id = newId();
    return new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => settle(false), ANSWER_MS);
      const settle = (done: boolean) => {
        clearTimeout(timer);
        this.#answered.delete(id);
        resolve(done);
      };
      this.#answered.set(id, () => settle(true));
      this.send({ ...message, id, until: Date.now() + ANSWER_MS } as ChannelMessage);
    });
  }

  close(): void {
    this.#channel.close();
  }
}
