import type { Server } from 'node:http';
import { Server as NetServer, type AddressInfo } from 'node:net';
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono, Env } from 'hono';

export interface ListeningServer {
  port: number;
  /** Takes in whoever is at the door, and lets requests in flight finish, for at most `graceMs`. */
  close(graceMs?: number): Promise<void>;
}

/** Whoever dribbles a request is cut off after 15 s: the longest time, and the time until that is looked at. */
const SLOW_SENDERS = { headersTimeout: 8_000, requestTimeout: 10_000, connectionsCheckingInterval: 2_000 };

/** Longer than a load balancer keeps an idle connection (60 s), so that it never sends into one just closed here. */
const KEEP_ALIVE_MS = 65_000;

/** A reader who has taken nothing for so long is gone. Event streams send something every 15 s. */
const SILENT_MS = 120_000;

/** A name in a CRM's token may be long; more than this is nobody's request. */
const MOST_HEADER_BYTES = 16 * 1024;

/** Twice the event streams that a node is built for; the next connection is closed, and those that are there go on. */
const MOST_CONNECTIONS = 20_000;

/** How long a request may take to follow its connection while the server ends. */
const ARRIVING_MS = 250;

/** A connection that nothing is heard on is asked for a sign of life, in milliseconds (TCP keep-alive). */
const PEERS = { keepAlive: true, keepAliveInitialDelay: 30_000 };

/** A turn of the event loop in which hardly anything is done, in milliseconds. */
const QUIET_TURN_MS = 0.02;

/** How long the door is held open for a turn that is quiet, and then for one in which at least nobody comes. */
const DOOR_MS = { quiet: 700, any: 1_400 };

/**
 * Resolves in a turn of the event loop in which nobody came and nothing was done: whoever has connected since the loop last
 * looked for newcomers is reset when the door is closed.
 */
async function nobodyAtTheDoor(server: Server): Promise<void> {
  const begun = performance.now();
  let came = false;
  const onConnection = () => (came = true);
  server.on('connection', onConnection);
  // From one of these to the next, the loop looks once for newcomers; from here to the first perhaps not.
  await nextTurn();
  for (let turn = performance.now(), over = false; !over;) {
    came = false;
    await nextTurn();
    const now = performance.now();
    const enough = now - turn < QUIET_TURN_MS || now - begun > DOOR_MS.quiet;
    over = (enough && !came) || now - begun > DOOR_MS.any;
    turn = now;
  }
  server.off('connection', onConnection);
}

/** Serves an app with time limits against slow senders. Rejects when the port cannot be had. */
export async function listen<E extends Env>(app: Hono<E>, port: number, host: string): Promise<ListeningServer> {
  const server = createAdaptorServer({
    fetch: app.fetch,
    serverOptions: { ...SLOW_SENDERS, ...PEERS, maxHeaderSize: MOST_HEADER_BYTES, keepAliveTimeout: KEEP_ALIVE_MS },
  }) as Server;
  server.timeout = SILENT_MS;
  server.maxConnections = MOST_CONNECTIONS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return {
    port: (server.address() as AddressInfo).port,
    async close(graceMs = 5_000) {
      await nobodyAtTheDoor(server);
      const late = setTimeout(() => server.closeAllConnections(), graceMs);
      // The server's own `close` would cut at once what has connected and whose request is on its way.
      const closed = new Promise((resolve) => NetServer.prototype.close.call(server, resolve));
      await Promise.race([closed, delay(ARRIVING_MS)]);
      // A connection that becomes idle later would otherwise be kept for its whole keep-alive time.
      // Idle is, for Node, also one of which nothing is read yet: by an immediate, all that has come is.
      const idle = setInterval(() => setImmediate(() => server.closeIdleConnections()), 50);
      await closed;
      clearInterval(idle);
      clearTimeout(late);
    },
  };
}
