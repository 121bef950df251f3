import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CrmEvent } from '../contract.ts';

export interface Received {
  headers: Record<string, string | undefined>;
  body: string;
  event: CrmEvent;
}

export interface CrmReceiver {
  url: string;
  /** In the order in which they came, answered well or not. */
  received: Received[];
  /** How it answers from now on; 204 to begin with. */
  answer: (received: Received, response: ServerResponse) => void;
  /** Resolves when what has come is enough; rejects after ten seconds. */
  until(enough: (received: Received[]) => boolean): Promise<Received[]>;
  close(): Promise<void>;
}

/** A CRM that listens for webhooks on this machine. */
export async function startCrmReceiver(): Promise<CrmReceiver> {
  const waiting = new Set<() => void>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      const headers = request.headers as Record<string, string | undefined>;
      const received = { headers, body, event: JSON.parse(body) as CrmEvent };
      receiver.received.push(received);
      receiver.answer(received, response);
      for (const look of waiting) look();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const receiver: CrmReceiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/calls?from=almasar`,
    received: [],
    answer: (_, response) => response.writeHead(204).end(),
    until(enough) {
      return new Promise((resolve, reject) => {
        const late = setTimeout(() => {
          waiting.delete(look);
          const types = receiver.received.map(({ event }) => event.type).join(', ');
          reject(new Error(`not what was awaited: ${types}`));
        }, 10_000);
        const look = () => {
          if (!enough(receiver.received)) return;
          clearTimeout(late);
          waiting.delete(look);
          resolve(receiver.received);
        };
        waiting.add(look);
        look();
      });
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return receiver;
}
