import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RestRequest {
  /** `POST /…/Calls/CA….json Status=completed`, without the account's path. */
  line: string;
  authorization: string | undefined;
}

export interface RestStub {
  url: string;
  requests: RestRequest[];
  /** What is answered: 200 and an empty object, unless it is said here. */
  answer(status: number, code?: number): void;
  /** What is answered to a GET of this path (without the account's), query and all. */
  serve(path: string, resource: object): void;
  /** The request after the first `count`, waited for. */
  request(count: number): Promise<RestRequest>;
  close(): Promise<void>;
}

/** A carrier's REST API that notes what it is asked, and answers as it is told. */
export async function startRestStub(): Promise<RestStub> {
  const requests: RestRequest[] = [];
  let status = 200;
  let code: number | undefined;
  let wake = () => {};
  const resources = new Map<string, object>();
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const path = request.url!.replace(/^\/2010-04-01\/Accounts\/AC\w+\//, '');
      requests.push({
        line: [request.method, path, body].filter(Boolean).join(' '),
        authorization: request.headers.authorization,
      });
      const resource = request.method === 'GET' && status === 200 ? resources.get(path) : undefined;
      response.writeHead(status, { 'content-type': 'application/json' });
      if (resource) response.end(JSON.stringify(resource));
      else response.end(code === undefined ? '{}' : JSON.stringify({ code, message: 'as the test wants it', status }));
      wake();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answer(nextStatus, nextCode) {
      status = nextStatus;
      code = nextCode;
    },
    serve: (path, resource) => resources.set(path, resource),
    async request(count) {
      while (requests.length <= count) await new Promise<void>((resolve) => (wake = resolve));
      return requests[count]!;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
