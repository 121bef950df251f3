import { EventEmitter, once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { signature } from '../webhooks/signature.ts';

export interface ReceivedWebhook {
  method: string;
  /** Without the query. */
  path: string;
  fields: Record<string, string>;
  headers: IncomingHttpHeaders;
}

export interface Answer {
  status?: number;
  type?: string;
  body?: string | Uint8Array;
  headers?: Record<string, string>;
}

type Answering = string | Answer | ((webhook: ReceivedWebhook) => string | Answer | Promise<string | Answer>);

const PATIENCE_MS = 15_000;

/** A customer's web server: answers TwiML, keeps every webhook, and refuses any that is not signed. */
export class WebhookServer {
  readonly url: string;
  readonly received: ReceivedWebhook[] = [];
  readonly badlySigned: ReceivedWebhook[] = [];
  readonly #server: Server;
  readonly #authToken: string;
  readonly #answers = new Map<string, Answering>();
  readonly #arrivals = new EventEmitter();

  private constructor(server: Server, authToken: string) {
    this.#server = server;
    this.#authToken = authToken;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('request', (request, response) => void this.#serve(request, response));
  }

  static async start(authToken: string): Promise<WebhookServer> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new WebhookServer(server, authToken);
  }

  /** Text is TwiML inside `<Response>`; other paths answer 204. Returns the address. */
  answer(path: string, answering: Answering): string {
    this.#answers.set(path, answering);
    return `${this.url}${path}`;
  }

  /** Those that have come to a path, oldest first. */
  at(path: string): ReceivedWebhook[] {
    return this.received.filter((webhook) => webhook.path === path);
  }

  /** Waits until a path has had so many webhooks, and returns them. */
  async waitFor(path: string, count = 1): Promise<ReceivedWebhook[]> {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    while (this.at(path).length < count) {
      await once(this.#arrivals, 'arrival', { signal }).catch(() => {
        throw new Error(`${path} had ${this.at(path).length} webhooks, not ${count}, within ${PATIENCE_MS} ms.`);
      });
    }
    return this.at(path);
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url);
    const form = request.method === 'POST' ? Object.fromEntries(new URLSearchParams(await text(request))) : {};
    const fields = { ...Object.fromEntries(url.searchParams), ...form };
    const webhook = { method: request.method ?? '', path: url.pathname, fields, headers: request.headers };
    const answering = this.#answers.get(url.pathname);
    const isWebhook = request.headers['user-agent'] === 'TwilioProxy/1.1';
    if (
      isWebhook &&
      request.headers['x-twilio-signature'] !== signature(this.#authToken, `${this.url}${request.url}`, form)
    ) {
      this.badlySigned.push(webhook);
    }
    this.received.push(webhook);
    this.#arrivals.emit('arrival');
    const given = typeof answering === 'function' ? await answering(webhook) : (answering ?? { status: 204 });
    const answer = typeof given === 'string' ? { type: 'text/xml', body: `<Response>${given}</Response>` } : given;
    response.writeHead(answer.status ?? 200, {
      ...(answer.type && { 'Content-Type': answer.type }),
      ...answer.headers,
    });
    response.end(answer.body);
  }
}
