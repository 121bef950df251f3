// Hono's streamSSE: every client a stream of its own, every message encoded for every client.
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';

const streams = new Set();
const app = new Hono();
app.get('/events', (c) =>
  streamSSE(c, async (stream) => {
    streams.add(stream);
    await stream.writeSSE({ event: 'hello', data: '{}' });
    await new Promise((resolve) => stream.onAbort(resolve));
    streams.delete(stream);
  }),
);
app.post('/broadcast', async (c) => {
  const data = await c.req.text();
  const begun = performance.now();
  await Promise.all([...streams].map((stream) => stream.writeSSE({ event: 'call', data })));
  return c.json({ ms: performance.now() - begun, clients: streams.size });
});
serve({ fetch: app.fetch, port: Number(process.env.PORT), hostname: '127.0.0.1' });
