import { type AccountOptions, createAccount } from './account.ts';
import type { FarEnd } from './far-ends/far-end.ts';
import { TelephoneNetwork } from './far-ends/telephone-network.ts';
import { listen } from './http-server.ts';
import type { Log } from './log.ts';
import { AudioClock } from './media/clock.ts';
import type { Account, Breakdown } from './ports.ts';
import { RecordingStore } from './recordings/recording-store.ts';
import { PAGE_SCRIPT_PATH, sandboxApp } from './sandbox-app.ts';
import { createSignallingEdge } from './signalling/signalling-edge.ts';
import { AudioLines } from './switch/audio-line.ts';
import { CallBook } from './switch/call-book.ts';
import { API_VERSION } from './switch/call-fields.ts';
import { type IncomingCall, placeIncomingCall } from './switch/incoming-call.ts';
import type { Parts } from './switch/parts.ts';
import { SandboxSwitch } from './switch/sandbox-switch.ts';
import { WebhookClient } from './webhooks/webhook-client.ts';

export interface SandboxOptions extends AccountOptions {
  /** 127.0.0.1 unless given. */
  host?: string;
  /** A free one unless given. */
  port?: number;
  /** Far ends besides, or instead of, the ten: by the last two digits of the number. */
  farEnds?: Readonly<Record<string, FarEnd>>;
  /** Whether recordings' media need credentials; at Twilio, too, this is off unless switched on. */
  mediaAuth?: boolean;
  /** Hears what a Twilio console's debugger would show. */
  onLog?: Log;
}

export interface Sandbox {
  /** Takes the place of https://api.twilio.com. */
  url: string;
  /** Takes the place of wss://…twilio.com/signal. */
  signalUrl: string;
  /** A page loads this script before the Voice SDK. */
  pageScriptUrl: string;
  account: Account;
  /** Lets a customer call a number of the account; returns the call's SID. Throws a sentence when it cannot be. */
  placeIncomingCall(call: IncomingCall): string;
  /** The network between browsers and this carrier breaks or is bad, for a time in milliseconds. */
  breakDown(what: Breakdown, ms: number): void;
  close(): Promise<void>;
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1)$/i;

/** Starts a carrier on this machine. Rejects when the port cannot be had or an option cannot be right. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const account = createAccount(options);
  const log: Log = options.onLog ?? (() => {});
  const onError = (error: unknown): void => {
    log({ level: 'error', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  };

  const app = Promise.withResolvers<ReturnType<typeof sandboxApp>>();
  const host = options.host ?? '127.0.0.1';
  const http = await listen(async (request) => (await app.promise).fetch(request), options.port ?? 0, host);
  if (!LOOPBACK.test(host)) {
    const message = `The sandbox listens on ${host}: anybody on the network can place calls through its control API.`;
    log({ level: 'warning', message });
  }
  const accountUrl = `${http.url}/${API_VERSION}/Accounts/${account.accountSid}`;
  const signalUrl = `${http.url.replace('http', 'ws')}/signal`;

  const clock = new AudioClock(onError);
  const lines = new AudioLines(clock);
  const recordings = new RecordingStore(lines, accountUrl);
  const telephones = new TelephoneNetwork(options.farEnds ?? {}, onError);
  const edge = createSignallingEdge({ account, callPlaced: (placed) => calls.callPlaced(placed), onError });
  const parts: Parts = {
    account,
    calls: new CallBook(),
    lines,
    recordings,
    telephones,
    devices: edge,
    webhooks: new WebhookClient(account.authToken),
    log,
  };
  const calls = new SandboxSwitch(parts);
  const place = (call: IncomingCall): string => placeIncomingCall(call, { account, telephones, calls });

  const breakDown: Sandbox['breakDown'] = (what, ms) => edge.breakDown(what, ms);

  http.server.on('upgrade', (request, socket, head) => {
    if (request.url === '/signal') edge.handleUpgrade(request, socket, head);
    else socket.end('HTTP/1.1 404 Not Found\r\n\r\n');
  });
  app.resolve(
    sandboxApp(parts, { placeIncomingCall: place, legs: () => parts.calls.list(), breakDown }, signalUrl, {
      accountUrl,
      mediaAuth: options.mediaAuth ?? false,
    }),
  );
  clock.start();

  return {
    url: http.url,
    signalUrl,
    pageScriptUrl: `${http.url}${PAGE_SCRIPT_PATH}`,
    account,
    placeIncomingCall: place,
    breakDown,
    async close() {
      calls.close();
      edge.close();
      clock.stop();
      lines.close();
      await http.close();
      await recordings.close();
    },
  };
}
