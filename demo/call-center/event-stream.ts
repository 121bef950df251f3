/** One message of a `text/event-stream`. */
export interface StreamMessage {
  event: string;
  data: string;
}

/**
 * Reads server-sent events from a `fetch` answer: `EventSource` cannot send an Authorization header.
 * Ends when the stream does; rejects when it breaks. `onBytes` is told of every sign of life, comments included.
 * HTML: "Server-sent events", interpreting an event stream.
 */
export async function* readEventStream(
  response: Response,
  onBytes: () => void = () => {},
): AsyncGenerator<StreamMessage> {
  if (!response.body) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  let event = '';
  let data: string[] = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    onBytes();
    const lines = (rest + value).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === '') {
        if (data.length > 0) yield { event: event || 'message', data: data.join('\n') };
        event = '';
        data = [];
        continue;
      }
      const colon = line.indexOf(':');
      const field = colon < 0 ? line : line.slice(0, colon);
      const text = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
      if (field === 'event') event = text;
      if (field === 'data') data.push(text);
    }
  }
}
