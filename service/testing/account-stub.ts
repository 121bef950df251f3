import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A carrier's account with API keys and TwiML Apps: what it holds, what was asked, and how slow it is. */
export interface AccountStub {
  url: string;
  /** Secrets of the keys by SID. */
  keys: Map<string, string>;
  apps: Set<string>;
  /** `POST Keys.json`, in order. */
  asked: string[];
  /** As whoever makes keys names them. */
  name: string;
  /** The answer to a request waits for it. */
  hold: (line: string) => Promise<void> | undefined;
  close(): Promise<void>;
}

export async function startAccountStub(authToken: string): Promise<AccountStub> {
  let made = 0;
  const sidOf = (prefix: string) => prefix + String((made += 1)).padStart(32, '0');

  function answerTo(line: string, user: string, password: string): [status: number, body: object] {
    const [method = '', path = ''] = line.split(' ');
    const [, sid = ''] = /\/([A-Z]{2}\d+)\.json/.exec(path) ?? [];
    const isAccount = user.startsWith('AC') && password === authToken;
    if (!isAccount && stub.keys.get(user) !== password) return [401, { code: 20003 }];
    if (path.startsWith('Keys')) {
      if (!isAccount) return [403, { code: 20003 }];
      if (method === 'POST') {
        const key = { sid: sidOf('SK'), secret: `the secret of key ${made}` };
        stub.keys.set(key.sid, key.secret);
        return [201, key];
      }
      if (sid === '') {
        return [200, { keys: [...stub.keys.keys()].map((each) => ({ sid: each, friendly_name: stub.name })) }];
      }
      if (!stub.keys.has(sid)) return [404, { code: 20404 }];
      if (method === 'DELETE') stub.keys.delete(sid);
      return [method === 'DELETE' ? 204 : 200, { sid, friendly_name: stub.name }];
    }
    if (method === 'POST' && sid === '') stub.apps.add(sidOf('AP'));
    return [200, sid === '' && method === 'GET' ? { applications: [] } : { sid: sid || [...stub.apps].at(-1) }];
  }

  const server = createServer((request, response) => {
    void (async () => {
      const body = Buffer.concat((await request.toArray()) as Buffer[]).toString();
      const named = new URLSearchParams(body).get('FriendlyName');
      if (named !== null) stub.name = named;
      const line = `${request.method} ${request.url!.replace(/^\/2010-04-01\/Accounts\/AC\w+\//, '')}`;
      const [user = '', password = ''] = Buffer.from(request.headers.authorization!.slice(6), 'base64')
        .toString()
        .split(/:(.*)/s);
      const [status, answer] = answerTo(line, user, password);
      stub.asked.push(line);
      await stub.hold(line);
      response
        .writeHead(status, { 'content-type': 'application/json' })
        .end(status === 204 ? '' : JSON.stringify(answer));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stub: AccountStub = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    name: '',
    keys: new Map(),
    apps: new Set(),
    asked: [],
    hold: () => undefined,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return stub;
}
