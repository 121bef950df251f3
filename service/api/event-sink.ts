import type { ServerResponse } from 'node:http';

/** A reader this many messages behind is cut off: it asks for what it missed when it comes back, and memory stays bounded. */
export const MOST_BEHIND = 256;

/** Where the messages of an event stream go. */
export interface EventSink {
  write(message: Uint8Array): void;
  /** How many messages wait for the reader. */
  behind(): number;
  end(): void;
}

/** To Node's response itself: for each of thousands of readers, a web stream before it would weigh as much again. */
export class ResponseSink implements EventSink {
  readonly #outgoing: ServerResponse;
  #behind = 0;

  constructor(outgoing: ServerResponse) {
    this.#outgoing = outgoing;
  }

  write(message: Uint8Array): void {
    this.#behind = this.#outgoing.writableNeedDrain ? this.#behind + 1 : 0;
    this.#outgoing.write(message);
  }

  behind(): number {
    return this.#behind;
  }

  end(): void {
    this.#outgoing.end();
  }
}

/** To the body of an answer that no HTTP server asked for: the app was called as a function. */
export class BodySink implements EventSink {
  readonly body: ReadableStream<Uint8Array>;
  #controller!: ReadableStreamDefaultController<Uint8Array>;

  constructor(onGone: () => void) {
    this.body = new ReadableStream<Uint8Array>({
      start: (controller) => (this.#controller = controller),
      cancel: onGone,
    });
  }

  write(message: Uint8Array): void {
    this.#controller.enqueue(message);
  }

  behind(): number {
    return 1 - (this.#controller.desiredSize ?? 1);
  }

  end(): void {
    this.#controller.close();
  }
}
