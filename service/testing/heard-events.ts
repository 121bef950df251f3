import type { AgentRequest, TestService } from './test-service.ts';

export interface Heard {
  event: string;
  id: string | undefined;
  data: unknown;
}

export interface EventReader {
  /** All that was heard, once it contains `text` (or the stream has ended). */
  until(text: string): Promise<string>;
  /** What was heard so far, message by message. */
  messages(): Heard[];
  /** The first message heard for which `is` holds, waited for. Throws when the stream ends before it. */
  find(is: (heard: Heard) => boolean): Promise<Heard>;
  stop(): Promise<void>;
}

/** An agent's event stream, read as it comes. */
export async function hearEvents(of: TestService, agent: AgentRequest = {}): Promise<EventReader> {
  const answer = await of.asAgent('/api/calls/events', agent);
  if (!answer.body || !answer.headers.get('content-type')?.startsWith('text/event-stream')) {
    throw new Error(`no event stream: ${answer.status}`);
  }
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let heard = '';
  const reading = {
    async until(text: string): Promise<string> {
      while (!heard.includes(text)) {
        const { done, value } = await reader.read();
        if (done) return heard;
        heard += value;
      }
      return heard;
    },
    messages() {
      return heard
        .split('\n\n')
        .slice(0, -1)
        .map((block) => new Map(block.split('\n').map((line) => line.split(/: (.*)/s) as [string, string])))
        .filter((fields) => fields.has('data'))
        .map((fields) => ({
          event: fields.get('event') ?? '',
          id: fields.get('id'),
          data: JSON.parse(fields.get('data')!) as unknown,
        }));
    },
    async find(is: (heard: Heard) => boolean) {
      for (;;) {
        const found = reading.messages().find(is);
        if (found) return found;
        const { done, value } = await reader.read();
        if (done) throw new Error(`the stream ended; heard: ${heard}`);
        heard += value;
      }
    },
    stop: () => reader.cancel(),
  };
  // It opens with the phone as it is: from here on, every change is heard.
  await reading.find(({ event }) => event === 'phone');
  return reading;
}
