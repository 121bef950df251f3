import { Hono } from 'hono';
import type { ChangeFeed, Clock } from '../calls/ports.ts';
import { CALL_EVENT } from '../contract.ts';
import type { AppEnv } from '../environment.ts';

const HEARTBEAT_MS = 15_000;

/** A reader this many messages behind is cut off: it reads the log when it comes back, and memory stays bounded. */
const MOST_BEHIND = 256;

/**
 * `GET /events`: this agent's calls as they change, as server-sent events. A stream ends when its token is accepted no
 * longer, so that the reader comes back with a new one; `closing` ends every stream.
 */
export function eventRoutes(feed: ChangeFeed, closing: AbortSignal, clock: Clock) {
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
        const unsubscribe = feed.subscribe(agent.id, ({ revision, record }) => {
          send(`id: ${revision}\nevent: ${CALL_EVENT}\ndata: ${JSON.stringify(record)}\n\n`);
        });
        const heartbeat = setInterval(() => send(': still here\n\n'), HEARTBEAT_MS);
        const expiry = setTimeout(end, acceptedForMs);
        closing.addEventListener('abort', end);
        ended.signal.addEventListener('abort', () => {
          closing.removeEventListener('abort', end);
          unsubscribe();
          clearInterval(heartbeat);
          clearTimeout(expiry);
        });
        send('retry: 1000\n: connected\n\n');
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
