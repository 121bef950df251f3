import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { AudioClock } from '../sandbox/media/clock.ts';
import { silence } from '../sandbox/media/tones.ts';
import { encodeWav } from '../sandbox/media/wav.ts';
import { pageScript } from '../sandbox/page-script.ts';
import type { DeviceCall, PlacedCall } from '../sandbox/ports.ts';
import { newSid } from '../sandbox/sid.ts';
import { ACCOUNT, accessToken } from '../sandbox/signalling/example-account.ts';
import { createSignallingEdge } from '../sandbox/signalling/signalling-edge.ts';
import { openAgentBrowser, type AgentBrowser } from './browser.ts';

export interface PhoneLab {
  browser: AgentBrowser;
  clock: AudioClock;
  errors: unknown[];
  openPage(query?: string): Promise<PhonePage>;
  /** Calls that phones placed, in order; resolves with the next one. */
  nextCall(): Promise<PlacedCall>;
  /** A customer calls; resolves with their leg once it is answered. */
  ring(callId: string, name?: string): { answered: Promise<DeviceCall>; rejected: Promise<void>; cancel: () => void };
  registered(): number;
  /** Cuts every socket; the next ones are refused until `restore`. */
  cutSockets(): void;
  restore(): void;
  /** Seconds that access tokens live from now on. */
  tokenLife: number;
  tokens(): number;
  close(): Promise<void>;
}

const IDENTITY = 'mona';

/** The script of the phone's page with everything that it loads later, by name. */
async function bundle(): Promise<Map<string, string>> {
  const { outputFiles } = await build({
    entryPoints: [new URL('phone-page.ts', import.meta.url).pathname],
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    outdir: '/',
    write: false,
    logLevel: 'silent',
  });
  return new Map(outputFiles.map(({ path, text }) => [path, text]));
}

/** The phone's own page in the agent's browser. */
export class PhonePage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Waits for a fact and takes all up to it from the list. */
  async until(type: string, callId?: string): Promise<Record<string, unknown>> {
    const found = await this.page.waitForFunction(
      ([type, callId]) => {
        const { facts } = window as unknown as { facts: { type: string; callId?: string }[] };
        const at = facts.findIndex((fact) => fact.type === type && (!callId || fact.callId === callId));
        return at === -1 ? null : facts.splice(0, at + 1).at(-1);
      },
      [type, callId] as const,
      { timeout: 15_000, polling: 20 },
    );
    return (await found.jsonValue()) as Record<string, unknown>;
  }

  async untilReach(reach: string): Promise<void> {
    for (;;) if ((await this.until('reach-changed'))['reach'] === reach) return;
  }

  async facts(): Promise<{ type: string; callId?: string }[]> {
    return this.page.evaluate('facts');
  }

  /** Calls a method of the phone. */
  async ask(method: string, ...given: unknown[]): Promise<void> {
    await this.page.evaluate(`void phone.${method}(...${JSON.stringify(given)})`);
  }

  async listen(hz: number, ms: number): Promise<{ share: number; rms: number }> {
    return this.page.evaluate(`hearPage.listen(${hz}, ${ms})`);
  }
}

/** The phone on the real SDK in a real browser, with the sandbox's edge; the carrier is the test itself. */
export async function openPhoneLab(): Promise<PhoneLab> {
  const errors: unknown[] = [];
  const placed: PlacedCall[] = [];
  const waiting: ((call: PlacedCall) => void)[] = [];
  const clock = new AudioClock((error) => errors.push(error));
  clock.start();
  const edge = createSignallingEdge({
    account: ACCOUNT,
    onError: (error) => errors.push(error),
    callPlaced(call) {
      const next = waiting.shift();
      if (next) next(call);
      else placed.push(call);
    },
  });
  const scripts = await bundle();
  let tokens = 0;
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const script = scripts.get(pathname);
    if (script !== undefined) return response.setHeader('content-type', 'text/javascript').end(script);
    if (pathname === '/token') {
      tokens += 1;
      const expiresAt = new Date(Date.now() + lab.tokenLife * 1000).toISOString();
      const token = accessToken({ identity: IDENTITY, life: lab.tokenLife });
      return response.end(JSON.stringify({ accessToken: token, identity: IDENTITY, expiresAt }));
    }
    if (pathname.startsWith('/sounds/')) return response.end(encodeWav([silence(20)]));
    if (pathname === '/sandbox.js') return response.end(pageScript(`${origin.replace('http', 'ws')}/signal`));
    if (pathname !== '/') return response.writeHead(404).end();
    response.setHeader('content-type', 'text/html');
    return response.end('<script src="/sandbox.js"></script><script type="module" src="/phone-page.js"></script>');
  });
  let refusing = false;
  const sockets = new Set<Duplex>();
  server.on('upgrade', (request, socket, head) => {
    if (refusing) return socket.destroy();
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    edge.handleUpgrade(request, socket, head);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser = await openAgentBrowser();

  const lab: PhoneLab = {
    browser,
    clock,
    errors,
    tokenLife: 600,
    tokens: () => tokens,
    nextCall: () => {
      const call = placed.shift();
      return call ? Promise.resolve(call) : new Promise((resolve) => waiting.push(resolve));
    },
    async openPage(query = '') {
      const page = await browser.context.newPage();
      await page.goto(`${origin}/${query}`);
      await page.waitForFunction('window.phone');
      return new PhonePage(page);
    },
    ring(callId, name = '') {
      const answered = Promise.withResolvers<DeviceCall>();
      const rejected = Promise.withResolvers<void>();
      const devices = edge.ring(
        {
          identity: IDENTITY,
          callSid: newSid('CA'),
          from: '+201001234500',
          to: `client:${IDENTITY}`,
          parameters: { CallId: callId, CustomerName: name },
        },
        { answered: answered.resolve, rejected: rejected.resolve },
      );
      return { answered: answered.promise, rejected: rejected.promise, cancel: () => devices.cancel() };
    },
    registered: () => edge.registeredDevices(IDENTITY),
    cutSockets() {
      refusing = true;
      for (const socket of sockets) socket.destroy();
    },
    restore() {
      refusing = false;
    },
    async close() {
      await browser.close();
      edge.close();
      clock.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return lab;
}
