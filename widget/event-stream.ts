/** One message of a `text/event-stream`. */
export interface StreamMessage {
  readonly event: string;
  readonly data: string;
  /** What the service is told as `Last-Event-ID` to be sent what came after; absent on what is not kept. */
  readonly id?: string | undefined;
}

/**
 * Reads server-sent events from the body of a `fetch`, since EventSource sends no Authorization. Ends with the body.
 * `onLife` hears of every piece that arrives, comments included. HTML: Server-sent events.
 */
export async function* readEventStream(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  onLife: () => void,
): AsyncGenerator<StreamMessage> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    onLife();
    text += value;
    const blocks = text.split(/\r?\n\r?\n/);
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const field = (name: string) =>
        block
          .split(/\r?\n/)
          .flatMap((line) => (line.startsWith(`${name}:`) ? [line.slice(name.length + 1).trimStart()] : []));
      const data = field('data');
      if (data.length > 0)
        yield { event: field('event').at(-1) ?? 'message', data: data.join('\n'), id: field('id').at(-1) };
    }
  }
}
