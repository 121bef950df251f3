import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono, Env } from 'hono';

export interface ListeningServer {
  port: number;
  /** Lets requests in flight finish, for at most `graceMs`. */
  close(graceMs?: number): Promise<void>;
}

/** A sender that dribbles its request holds a connection no longer than this. */
const TIME_LIMITS = { headersTimeout: 10_000, requestTimeout: 15_000, connectionsCheckingInterval: 5_000 };

/** Longer than a load balancer keeps an idle connection (60 s), so that it never sends into one just closed here. */
const KEEP_ALIVE_MS = 65_000;

/** Serves an app with time limits against slow senders. Rejects when the port cannot be had. */
export async function listen<E extends Env>(app: Hono<E>, port: number, host: string): Promise<ListeningServer> {
  const server = createAdaptorServer({
    fetch: app.fetch,
    serverOptions: { ...TIME_LIMITS, keepAliveTimeout: KEEP_ALIVE_MS },
  }) as Server;
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
      // A connection that becomes idle later would otherwise be kept for its whole keep-alive time.
      const idle = setInterval(() => server.closeIdleConnections(), 50);
      const late = setTimeout(() => server.closeAllConnections(), graceMs);
      await new Promise((resolve) => server.close(resolve));
      clearInterval(idle);
      clearTimeout(late);
    },
  };
}
