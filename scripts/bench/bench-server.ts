import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import { connect, type AddressInfo, type Server } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { startDemoProcess, type DemoProcess } from '../../demo/e2e/demo-process.ts';
import { selfSigned } from './certificate.ts';
import { eagerBundle, litBundle } from './eager-bundle.ts';
import { PAGES } from './pages.ts';

export interface BenchServer {
  /** Of the pages under test; all that they do not know comes from the demo: widget, service, sign-in. */
  port: number;
  /** Of the sandbox's signalling. */
  signalPort: number;
  /** By which the browser knows the server's certificate. */
  keyHash: string;
  close(): Promise<void>;
}

/** They speak of one connection, and HTTP/2 knows none of them. */
const CONNECTION_HEADERS = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade']);

const TWILIO = readFileSync('node_modules/@twilio/voice-sdk/dist/twilio.min.js');

/** An access token as the quickstart's `/token` hands one out: made ahead, so that it costs its round trip only. */
async function accessToken(demo: DemoProcess): Promise<string> {
  const auth = await fetch(`${demo.url}/call-center/auth-token?agent=karim`, { method: 'POST' });
  const { token } = (await auth.json()) as { token: string };
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${demo.url}/api/calls/token`, { method: 'POST', headers });
  const body = (await answer.json()) as { accessToken: string };
  return JSON.stringify({ token: body.accessToken });
}

/** The sandbox's script, which leads the SDK to the sandbox. */
async function sandboxScript(demo: DemoProcess): Promise<string> {
  const page = await (await fetch(`${demo.url}/call-center`)).text();
  const [url] = /http:\/\/[^"]+\/almasar-sandbox\.js/.exec(page) ?? [];
  if (!url) throw new Error('The call-center page names no sandbox.');
  return (await fetch(url)).text();
}

async function portOf(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** The real service on the real sandbox, over HTTP/2 and TLS as behind any front of today, and before it the pages that are measured. */
export async function startBenchServer(): Promise<BenchServer> {
  const demo = await startDemoProcess();
  const [token, sandbox, eager, lit] = await Promise.all([
    accessToken(demo),
    sandboxScript(demo),
    eagerBundle(),
    litBundle(),
  ]);
  const signal = new URL(/ws:\/\/[^"]+/.exec(sandbox)![0]);
  const agent = new Agent({ keepAlive: true });

  const ours: Record<string, [type: string, body: string | Buffer]> = {
    '/bench/token': ['application/json', token],
    '/bench/twilio.min.js': ['text/javascript', TWILIO],
    '/bench/eager.js': ['text/javascript', eager],
    '/bench/lit.js': ['text/javascript', lit],
    '/favicon.ico': ['image/x-icon', ''],
  };
  for (const [name, html] of Object.entries(PAGES)) ours[`/bench/${name}`] = ['text/html; charset=utf-8', html];

  function forward(incoming: Http2ServerRequest, response: Http2ServerResponse): void {
    const { port } = new URL(demo.url);
    const headers = Object.fromEntries(Object.entries(incoming.headers).filter(([name]) => !name.startsWith(':')));
    const outgoing = request(
      { agent, host: 'localhost', port, path: incoming.url, method: incoming.method, headers },
      (answer) => {
        for (const [name, value] of Object.entries(answer.headers)) {
          if (value !== undefined && !CONNECTION_HEADERS.has(name)) response.setHeader(name, value);
        }
        response.writeHead(answer.statusCode ?? 502);
        answer.pipe(response);
      },
    );
    outgoing.on('error', () => response.destroy());
    response.on('close', () => outgoing.destroy());
    incoming.pipe(outgoing);
  }

  const certificate = selfSigned();
  const server = createSecureServer(certificate, (incoming, response) => {
    const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://bench');
    if (pathname === '/bench/sandbox.js') {
      response.setHeader('content-type', 'text/javascript');
      const there = `wss://127.0.0.1:${searchParams.get('signal')}${signal.pathname}`;
      return void response.end(sandbox.replace(signal.href, there));
    }
    const own = ours[pathname];
    if (!own) return forward(incoming, response);
    response.setHeader('content-type', own[0]);
    // Whoever asks which signalling port to use is told in the page itself.
    return void response.end(
      typeof own[1] === 'string' ? own[1].replaceAll('{signal}', searchParams.get('signal') ?? '') : own[1],
    );
  });
  const signalling = createTlsServer(certificate, (near) => {
    const far = connect({ host: '127.0.0.1', port: Number(signal.port) });
    near.pipe(far).pipe(near);
    near.on('error', () => far.destroy());
    far.on('error', () => near.destroy());
  });
  const [port, signalPort] = await Promise.all([portOf(server), portOf(signalling)]);
  return {
    port,
    signalPort,
    keyHash: certificate.keyHash,
    async close() {
      server.close();
      signalling.close();
      agent.destroy();
      await demo.stop();
    },
  };
}
