import type { Missed, News } from '../calls/ports.ts';
import { messageOf, messageOfMissed, OPENING } from './event-message.ts';

/** A reader this many messages behind is cut off: it asks for what it missed when it comes back, and memory stays bounded. */
const MOST_BEHIND = 256;
/** More may come while what was missed is read: most of it is in there, too. */
const MOST_HELD = 4 * MOST_BEHIND;

/** The stream of one reader. Ten thousand of them wait at a time, so it keeps little. */
export class EventStream {
  readonly body: ReadableStream<Uint8Array>;
  ended = false;
  /** Whether the phone was news since the stream began. */
  phoneHeard = false;
  #controller!: ReadableStreamDefaultController<Uint8Array>;
  /** News that wait until what was missed before them is sent. */
  #held: News[] | undefined;
  /** What was missed reached to this revision: it may be told once more by the feed. */
  #resumedTo = 0;
  readonly #onEnd: (stream: EventStream) => void;

  /** `resuming`: nothing is sent before `resume`. */
  constructor(resuming: boolean, onEnd: (stream: EventStream) => void) {
    this.#onEnd = onEnd;
    if (resuming) this.#held = [];
    this.body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.#controller = controller;
        controller.enqueue(OPENING);
      },
      cancel: () => this.#finish(),
    });
  }

  readonly hear = (news: News): void => {
    if (news.kind === 'phone') this.phoneHeard = true;
    if (this.#held) {
      if (this.#held.push(news) > MOST_HELD) this.end();
    } else if (news.kind !== 'call' || news.revision > this.#resumedTo) {
      this.send(messageOf(news));
    }
  };

  /** Sends what was missed, and after it what was heard in the meantime. */
  resume({ changes, upTo }: Missed): void {
    if (this.ended) return;
    if (!changes || changes.length > 0) this.send(messageOfMissed(changes));
    this.#resumedTo = upTo;
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const news of held) this.hear(news);
  }

  send(message: Uint8Array): void {
    if (this.ended) return;
    this.#controller.enqueue(message);
    if ((this.#controller.desiredSize ?? 0) < -MOST_BEHIND) this.end();
  }

  readonly end = (): void => {
    if (this.ended) return;
    this.#finish();
    this.#controller.close();
  };

  #finish(): void {
    this.ended = true;
    this.#held = undefined;
    this.#onEnd(this);
  }
}
