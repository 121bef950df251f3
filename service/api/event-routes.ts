import { Hono } from 'hono';
import type { ChangeFeed } from '../calls/ports.ts';
import { CALL_EVENT } from '../contract.ts';
import type { AppEnv } from '../environment.ts';

const HEARTBEAT_MS = 15_000;

/** `GET /events`: this agent's calls as they change, as server-sent events. `closing` ends every stream. */
export function eventRoutes(feed: ChangeFeed, closing: AbortSignal) {
  return new Hono<AppEnv>().get('/events', (c) => {
    const agent = c.get('agent');
    const encoder = new TextEncoder();
    let stop = () => {};
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        const send = (text: string) => controller.enqueue(encoder.encode(text));
        const unsubscribe = feed.subscribe(agent.id, (record) => {
          send(`event: ${CALL_EVENT}\ndata: ${JSON.stringify(record)}\n\n`);
        });
        const heartbeat = setInterval(() => send(': still here\n\n'), HEARTBEAT_MS);
        stop = () => {
          stop = () => {};
          unsubscribe();
          clearInterval(heartbeat);
          closing.removeEventListener('abort', end);
        };
        const end = () => {
          stop();
          controller.close();
        };
        closing.addEventListener('abort', end);
        send('retry: 1000\n: connected\n\n');
      },
      cancel: () => stop(),
    });
    return c.body(stream, 200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store, no-transform',
      // nginx holds back what it may buffer, and a phone that rings late is a missed call.
      'X-Accel-Buffering': 'no',
    });
  });
}
