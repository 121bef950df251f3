import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono, Env } from 'hono';

export interface ListeningServer {
  port: number;
  /** Lets requests in flight finish, for at most `graceMs`. */
  close(graceMs?: number): Promise<void>;
}

/** Serves an app with time limits against slow senders. Rejects when the port cannot be had. */
export async function listen<E extends Env>(app: Hono<E>, port: number, host: string): Promise<ListeningServer> {
  const server = createAdaptorServer({
    fetch: app.fetch,
    serverOptions: { headersTimeout: 10_000, requestTimeout: 15_000, connectionsCheckingInterval: 5_000 },
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
      const late = setTimeout(() => server.closeAllConnections(), graceMs);
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeIdleConnections();
      });
      clearTimeout(late);
    },
  };
}
