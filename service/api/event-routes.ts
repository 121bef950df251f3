import { Hono } from 'hono';
import type { Agent, Clock, Feed, News, Phones } from '../calls/ports.ts';
import { CALL_EVENT, PHONE_COMMAND_EVENT, PHONE_EVENT } from '../contract.ts';
import type { AppEnv } from '../environment.ts';

const HEARTBEAT_MS = 15_000;

/** A reader this many messages behind is cut off: it reads the log when it comes back, and memory stays bounded. */
const MOST_BEHIND = 256;

/** Only calls have an id: a phone's state is sent anew with every stream, and a command is for those who listen now. */
function messageOf(news: News): string {
  switch (news.kind) {
    case 'call':
      return `id: ${news.revision}\nevent: ${CALL_EVENT}\ndata: ${JSON.stringify(news.record)}\n\n`;
    case 'phone':
      return `event: ${PHONE_EVENT}\ndata: ${JSON.stringify(news.report)}\n\n`;
    case 'phone-command':
      return `event: ${PHONE_COMMAND_EVENT}\ndata: ${JSON.stringify(news.command)}\n\n`;
  }
}

function topicsOf({ id, role }: Agent): string[] {
  return [...(role === 'agent' ? [`calls-of:${id}`, 'calls-of:'] : ['calls']), `phone:${id}`];
}

export interface EventRoutesOptions {
  feed: Feed;
  phones: Phones;
  /** Ends every stream when it is aborted. */
  closing: AbortSignal;
  clock: Clock;
}

/**
 * `GET /events`: this agent's calls as they change and the phone window, as server-sent events. A stream ends when its token is accepted no
 * longer, so that the reader comes back with a new one.
 */
export function eventRoutes({ feed, phones, closing, clock }: EventRoutesOptions) {
  return new Hono<AppEnv>().get('/events', (c) => {
    const agent = c.get('agent');
    const acceptedForMs = c.get('acceptedUntil').getTime() - clock().getTime();
    const encoder = new TextEncoder();
    const ended = new AbortController();
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        const end = () => {
          if (ended.signal.aborted) return;
          ended.abort();
          controller.close();
        };
        const send = (text: string) => {
          controller.enqueue(encoder.encode(text));
          if ((controller.desiredSize ?? 0) < -MOST_BEHIND) end();
        };
        let phoneHeard = false;
        const subscriptions = topicsOf(agent).map((topic) =>
          feed.subscribe(topic, (news) => {
            phoneHeard ||= news.kind === 'phone';
            send(messageOf(news));
          }),
        );
        const heartbeat = setInterval(() => send(': still here\n\n'), HEARTBEAT_MS);
        const expiry = setTimeout(end, acceptedForMs);
        closing.addEventListener('abort', end);
        ended.signal.addEventListener('abort', () => {
          closing.removeEventListener('abort', end);
          for (const unsubscribe of subscriptions) unsubscribe();
          clearInterval(heartbeat);
          clearTimeout(expiry);
        });
        send('retry: 1000\n: connected\n\n');
        const sendPhone = async () => {
          const report = await phones.windowOf(agent.id, clock());
          // What was told in the meantime is newer than what was read.
          if (!phoneHeard && !ended.signal.aborted) send(messageOf({ kind: 'phone', report }));
        };
        sendPhone().catch(end);
      },
      cancel: () => ended.abort(),
    });
    return c.body(stream, 200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store, no-transform',
      // nginx holds back what it may buffer, and a phone that rings late is a missed call.
      'X-Accel-Buffering': 'no',
    });
  });
}
