import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { after, before, describe, it } from 'node:test';
import { Hono } from 'hono';
import { listen, type ListeningServer } from '../../service/server.ts';
import type { CallRecord } from '../../service/contract.ts';
import { followCalls, type FollowedCalls } from './live-calls.ts';
import { createServiceAccess } from './service-access.ts';

const call = (callId: string) => ({ callId, createdAt: '2026-11-23T12:00:00.000Z' }) as CallRecord;
const message = (callId: string) => new TextEncoder().encode(`event: call\ndata: ${JSON.stringify(call(callId))}\n\n`);

describe('followCalls', () => {
  const streams: ReadableStreamDefaultController<Uint8Array>[] = [];
  const seen: string[] = [];
  const heard = new EventEmitter();
  const network = new EventTarget();
  let tokens = 0;
  let accepted = 'Bearer token-1';
  let server: ListeningServer;
  let followed: FollowedCalls;

  const say = (text: string) => {
    seen.push(text);
    heard.emit('say');
  };
  /** Waits until everything said so far ends with `text`. */
  const until = async (text: string) => {
    while (seen.at(-1) !== text) await once(heard, 'say', { signal: AbortSignal.timeout(5000) });
  };

  before(async () => {
    const app = new Hono();
    app.post('/auth-token', (c) => c.json({ token: `token-${(tokens += 1)}` }));
    app.use('/api/*', (c, next) =>
      c.req.header('authorization') === accepted ? next() : Promise.resolve(c.body(null, 401)),
    );
    app.get('/api/calls', (c) => {
      // Between the opening of the stream and the page: must not be lost, nor overwritten by the older page.
      streams.at(-1)?.enqueue(message('early'));
      return c.json({ calls: [call('kept')], nextCursor: null });
    });
    app.get('/api/calls/events', (c) => {
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          streams.push(controller);
          controller.enqueue(new TextEncoder().encode(': connected\n\n'));
        },
      });
      return c.body(body, 200, { 'Content-Type': 'text/event-stream' });
    });
    server = await listen(app, 0, '127.0.0.1');
    const origin = `http://127.0.0.1:${server.port}`;
    const listener = {
      connected: (page: { calls: CallRecord[] }, since: readonly CallRecord[]) => {
        say(`page ${page.calls[0]?.callId}`);
        for (const each of since) say(`call ${each.callId}`);
      },
      changed: (each: CallRecord) => say(`call ${each.callId}`),
      lost: () => say('lost'),
    };
    followed = followCalls(createServiceAccess(`${origin}/auth-token`, origin), listener, network);
  });

  after(async () => {
    followed.stop();
    await server.close(0);
  });

  it('reads the newest page, and after it whatever came meanwhile', async () => {
    await until('call early');
    assert.deepEqual(seen, ['page kept', 'call early']);
    assert.equal(tokens, 1);
  });

  it('tells of each change as it comes', async () => {
    streams.at(-1)?.enqueue(message('new'));
    await until('call new');
  });

  it('comes back from a broken stream with a new token, when the old one has expired', async () => {
    accepted = 'Bearer token-2';
    seen.length = 0;
    streams.at(-1)?.close();
    await until('lost');
    network.dispatchEvent(new Event('online'));
    await until('call early');
    assert.deepEqual(seen, ['lost', 'page kept', 'call early']);
    assert.equal(tokens, 2);
  });
});
