import type { Missed, News } from '../calls/ports.ts';
import type { PhoneEvent } from '../contract.ts';
import { greetingOf, messageOf, messageOfMissed, OPENING } from './event-message.ts';
import { MOST_BEHIND, type EventSink } from './event-sink.ts';

/** More may come while what was missed is read: most of it is in there, too. */
const MOST_HELD = 4 * MOST_BEHIND;

/** Who looks after all streams. */
export interface StreamKeeper {
  /** Asks for `flush`, soon: there is something to be sent. */
  onDue: (stream: EventStream) => void;
  onEnd: (stream: EventStream) => void;
}

/** The stream of one reader. Ten thousand of them wait at a time, so it keeps little. */
export class EventStream {
  ended = false;
  readonly #sink: EventSink;
  readonly #keeper: StreamKeeper;
  #due: Uint8Array[] | undefined;
  /** News that wait until what comes before them is sent. */
  #held: News[] | undefined = [];
  /** What was missed reached to this revision: it may be told once more by the feed. */
  #begunAt = 0;

  /** Nothing that is heard is sent before `begin`. */
  constructor(sink: EventSink, keeper: StreamKeeper) {
    this.#sink = sink;
    this.#keeper = keeper;
    sink.write(OPENING);
  }

  readonly hear = (news: News): void => {
    if (this.#held) {
      if (this.#held.push(news) > MOST_HELD) this.end();
    } else if (news.kind !== 'call' || news.revision > this.#begunAt) {
      this.send(messageOf(news));
    }
  };

  /** Sends what was missed and the phone as it is, and after them what was heard in the meantime. */
  begin({ changes, upTo }: Missed, report: PhoneEvent): void {
    if (this.ended) return;
    if (!changes || changes.length > 0) this.send(messageOfMissed(changes));
    this.send(greetingOf(report, upTo));
    this.#begunAt = upTo;
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const news of held) this.hear(news);
  }

  send(message: Uint8Array): void {
    if (this.ended) return;
    if (this.#due) {
      this.#due.push(message);
      return;
    }
    this.#due = [message];
    this.#keeper.onDue(this);
  }

  /** Writes what is to be sent. */
  flush(): void {
    const due = this.#due ?? [];
    this.#due = undefined;
    for (const message of due) {
      this.#sink.write(message);
      if (this.#sink.behind() > MOST_BEHIND) return this.end();
    }
  }

  /** Ends it behind what was to be sent before. */
  end(): void {
    if (this.ended) return;
    const due = this.#due ?? [];
    this.#finish();
    for (const message of due) this.#sink.write(message);
    this.#sink.end();
  }

  /** The reader is gone. */
  readonly leave = (): void => {
    if (!this.ended) this.#finish();
  };

  #finish(): void {
    this.ended = true;
    this.#due = undefined;
    this.#held = undefined;
    this.#keeper.onEnd(this);
  }
}
