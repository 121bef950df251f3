import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as the stub heard it. */
export interface Heard {
  readonly route: string;
  readonly authorization: string | undefined;
  readonly lastEventId: string | undefined;
  readonly body: unknown;
}

type Answer = (request: Heard, response: ServerResponse) => void;

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request as AsyncIterable<Buffer>) text += chunk.toString();
  return text ? JSON.parse(text) : undefined;
}

/** For tests: the service's HTTP side, answering as the test says, on a free port. */
export class StubService {
  readonly heard: Heard[] = [];
  readonly streams = new Set<ServerResponse>();
  readonly #answers = new Map<string, Answer>();
  readonly #waiting = new Set<() => void>();
  readonly #server = createServer((request, response) => void this.#serve(request, response));

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Answers a route (`POST /api/calls`) from now on; without a body by never answering. */
  on(route: string, status: number, body?: object): void {
    this.#answers.set(route, (_request, response) => {
      if (body) response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    });
  }

  answer(route: string, answer: Answer): void {
    this.#answers.set(route, answer);
  }

  /** Streams events as at the beginning. */
  streamAgain(): void {
    this.#answers.delete('GET /api/calls/events');
  }

  /** Sends to everybody who listens to the event stream. */
  send(text: string): void {
    for (const stream of this.streams) stream.write(text);
  }

  sendCall(record: object, id?: number): void {
    this.send(`${id ? `id: ${id}\n` : ''}event: call\ndata: ${JSON.stringify(record)}\n\n`);
  }

  routes(): string[] {
    return this.heard.map(({ route }) => route);
  }

  /** Resolves once it is so; looked at whenever something is heard or a stream comes or goes. */
  until(holds: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!holds()) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { authorization } = request.headers;
    const lastEventId = request.headers['last-event-id']?.toString();
    const heard = {
      route: `${request.method} ${request.url}`,
      authorization,
      lastEventId,
      body: await bodyOf(request),
    };
    this.heard.push(heard);
    const answer = this.#answers.get(heard.route);
    if (answer) answer(heard, response);
    else if (heard.route === 'GET /api/calls/events') this.#stream(response);
    else response.writeHead(404).end('{"code":"not-found","message":"","requestId":""}');
    this.#look();
  }

  #stream(response: ServerResponse): void {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write(': connected\n\n');
    this.streams.add(response);
    response.on('close', () => {
      this.streams.delete(response);
      this.#look();
    });
  }

  #look(): void {
    for (const look of this.#waiting) look();
  }
}
