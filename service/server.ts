import type { Server } from 'node:http';
import { Server as NetServer, type AddressInfo, type Socket } from 'node:net';
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

/**
 * How long, once the door is closed, a request may take to follow its connection, and whoever keeps a connection to send
 * again, so that the answer tells of the end.
 */
const ARRIVING_MS = 500;

/** A connection that nothing is heard on is asked for a sign of life, in milliseconds (TCP keep-alive). */
const PEERS = { keepAlive: true, keepAliveInitialDelay: 30_000 };

/** A turn of the event loop in which hardly anything is done, in milliseconds. */
const QUIET_TURN_MS = 0.05;

/** How long the door is held open for a turn that is quiet, and then for one in which at least nobody comes. */
const DOOR_MS = { quiet: 700, any: 1_400 };

/**
 * Takes in everybody who is connected and not let in yet, since they would be reset when the door is closed, then closes
 * it. The loop lets in one a turn, so meanwhile nobody new is answered: who is would come again, and there would be no end.
 * `onClosed` is called when all connections are over.
 */
async function closeTheDoor(server: Server, onClosed: () => void): Promise<void> {
  const newcomers: Socket[] = [];
  const welcome = server.listeners('connection') as ((socket: Socket) => void)[];
  server.removeAllListeners('connection');
  server.on('connection', (socket) => {
    // Whoever goes away meanwhile needs no answer.
    newcomers.push(socket.on('error', () => {}));
  });
  const begun = performance.now();
  // From one of these to the next, the loop looks once for newcomers; from here to the first perhaps not.
  await nextTurn();
  for (let turn = performance.now(), over = false; !over;) {
    const { length } = newcomers;
    await nextTurn();
    const now = performance.now();
    const enough = now - turn < QUIET_TURN_MS || now - begun > DOOR_MS.quiet;
    over = (enough && newcomers.length === length) || now - begun > DOOR_MS.any;
    turn = now;
  }
  // The server's own `close` would cut at once what has connected and whose request is on its way.
  NetServer.prototype.close.call(server, onClosed);
  server.removeAllListeners('connection');
  for (const listener of welcome) server.on('connection', listener);
  // Said only now: whoever is told before comes back at once by a new connection, and stands at the door as it closes.
  server.prependListener('request', (_request, response) => (response.shouldKeepAlive = false));
  for (const socket of newcomers) if (!socket.destroyed) server.emit('connection', socket);
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
      let onClosed = () => {};
      const closed = new Promise<void>((resolve) => (onClosed = resolve));
      await closeTheDoor(server, onClosed);
      const late = setTimeout(() => server.closeAllConnections(), graceMs);
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
