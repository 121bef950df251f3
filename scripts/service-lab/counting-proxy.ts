import { createServer, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface CountingProxy {
  url: string;
  /** `POST /path`, of every request so far. */
  lines: string[];
  close(): void;
}

/**
 * Stands before another server, and writes down what it is asked. What `drops` says yes to is cut off unanswered, as a
 * broken network would. `target` may be set later.
 */
export async function startProxy(
  target: () => string,
  drops: (asked: IncomingMessage) => boolean = () => false,
): Promise<CountingProxy> {
  const lines: string[] = [];
  const server = createServer((asked, answer) => {
    lines.push(`${asked.method} ${asked.url}`);
    if (drops(asked)) return void asked.socket.destroy();
    const to = new URL(target());
    const passed = request(
      { host: to.hostname, port: to.port, method: asked.method, path: asked.url, headers: asked.headers },
      (got) => {
        answer.writeHead(got.statusCode!, got.headers);
        got.pipe(answer);
      },
    );
    passed.on('error', () => asked.socket.destroy());
    asked.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    lines,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
