import { readFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { ensureChromium, QUIET_FLAGS } from '../../../scripts/chromium.ts';
import { AudioClock } from '../media/clock.ts';
import { silence, tone, concat } from '../media/tones.ts';
import { encodeWav } from '../media/wav.ts';
import { pageScript } from '../page-script.ts';
import type { PlacedCall } from '../ports.ts';
import { ACCOUNT } from './example-account.ts';
import { createSignallingEdge, type SignallingEdge } from './signalling-edge.ts';

/** What the fake microphone says: beeps, since a steady tone would be suppressed as noise. */
export const MICROPHONE_HZ = 440;

/** The page's side: the unmodified SDK, and a log of every event for the tests to wait for. */
const PAGE_SCRIPT = `
window.log = [];
window.device = async (token, options = {}) => {
  const sounds = Object.fromEntries(['incoming', 'outgoing', 'disconnect', ...'0123456789sh'].map((key) => [key.length > 1 ? key : 'dtmf' + key, '/sound.wav']));
  const device = new Twilio.Device(token, { sounds, logLevel: 'silent', enableImprovedSignalingErrorPrecision: true, ...options });
  const note = (what, more) => window.log.push(more === undefined ? what : what + ' ' + more);
  for (const event of ['registered', 'unregistered', 'destroyed', 'tokenWillExpire']) device.on(event, () => note(event));
  device.on('error', (error) => note('device-error', error.code));
  device.on('incoming', (call) => { window.call = call; window.watch(call); note('incoming', JSON.stringify(Object.fromEntries(call.customParameters))); });
  window.watch = (call) => {
    window.call = call;
    for (const event of ['accept', 'cancel', 'disconnect', 'reject', 'reconnected', 'ringing']) call.on(event, () => note(event));
    call.on('reconnecting', (error) => note('reconnecting', error.code));
    call.on('error', (error) => note('call-error', error.code));
    call.on('messageReceived', (message) => note('message', JSON.stringify(message.content)));
    call.on('messageSent', () => note('message-sent'));
  };
  window.dev = device;
};
window.dial = async (params) => { const call = await window.dev.connect({ params }); window.watch(call); };
window.pick = async (connectToken) => { const call = await window.dev.connect({ connectToken }); window.watch(call); };
window.until = async (what, ms = 8000) => {
  const end = performance.now() + ms;
  while (performance.now() < end) {
    const at = window.log.findIndex((line) => line.startsWith(what));
    if (at !== -1) return window.log.splice(at, 1)[0];
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('never: ' + what + '; heard: ' + window.log.join(', '));
};
window.hear = async (hz, ms) => {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 8192;
  context.createMediaStreamSource(window.call.getRemoteStream()).connect(analyser);
  const spectrum = new Float32Array(analyser.frequencyBinCount);
  const wave = new Float32Array(analyser.fftSize);
  const best = { share: 0, rms: 0 };
  const end = performance.now() + ms;
  while (performance.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    analyser.getFloatTimeDomainData(wave);
    const rms = Math.sqrt(wave.reduce((sum, each) => sum + each * each, 0) / wave.length);
    best.rms = Math.max(best.rms, rms);
    if (rms < 0.01) continue;
    analyser.getFloatFrequencyData(spectrum);
    let near = 0, all = 0;
    spectrum.forEach((decibel, bin) => {
      const power = 10 ** (decibel / 10), at = (bin * context.sampleRate) / analyser.fftSize;
      all += power;
      if (Math.abs(at - hz) < 40) near += power;
    });
    best.share = Math.max(best.share, near / all);
  }
  await context.close();
  return best;
};
`;

export interface DevicePage extends Page {
  /** Makes a Device in the page. */
  device(token: string, options?: Record<string, unknown>): Promise<void>;
  register(): Promise<void>;
  updateToken(token: string): Promise<void>;
  /** Waits for an event of the Device or its call; returns its line. */
  until(what: string): Promise<string>;
  dial(params?: Record<string, string>): Promise<void>;
  /** Takes a call over that rings, or goes on, on another Device. */
  pickUp(connectToken: string): Promise<void>;
  /** What the call's remote stream holds in the next `ms`. */
  hear(hz: number, ms: number): Promise<Loudness>;
}

export interface Loudness {
  /** Of the energy, 0 to 1, within 40 Hz of the frequency asked for, where it is most. */
  share: number;
  rms: number;
}

export interface DeviceLab {
  edge: SignallingEdge;
  clock: AudioClock;
  /** Calls that Devices placed, in order; resolves with the next one. */
  nextCall(): Promise<PlacedCall>;
  openPage(): Promise<DevicePage>;
  errors: unknown[];
  strayRequests: string[];
  /** Cuts every socket; the next ones are refused until `restore`. */
  cutSockets(): void;
  restore(): void;
  close(): Promise<void>;
}

/** A real browser with the real SDK on a real edge; the switch is the test itself. */
export async function openDeviceLab(): Promise<DeviceLab> {
  const placed: PlacedCall[] = [];
  const waiting: ((call: PlacedCall) => void)[] = [];
  const errors: unknown[] = [];
  const clock = new AudioClock((error) => errors.push(error));
  clock.start();
  const edge = createSignallingEdge({
    account: ACCOUNT,
    onError: (error) => errors.push(error),
    callPlaced: (call) => {
      const next = waiting.shift();
      if (next) next(call);
      else placed.push(call);
    },
  });
  const sdk = readFileSync(new URL('../../../node_modules/@twilio/voice-sdk/dist/twilio.min.js', import.meta.url));
  const server: Server = createServer((request, response) => {
    if (request.url === '/twilio.js') return response.end(sdk);
    if (request.url === '/sandbox.js') {
      return response.end(pageScript(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/signal`));
    }
    if (request.url === '/page.js') return response.end(PAGE_SCRIPT);
    if (request.url === '/sound.wav') return response.end(encodeWav([silence(20)]));
    response.setHeader('content-type', 'text/html');
    return response.end(
      '<script src="/sandbox.js"></script><script src="/sandbox.js"></script><script src="/twilio.js"></script><script src="/page.js"></script>',
    );
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
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

  const profile = mkdtempSync(join(tmpdir(), 'almasar-edge-'));
  const microphone = join(profile, 'microphone.wav');
  writeFileSync(microphone, encodeWav([concat(tone(MICROPHONE_HZ, 300, 0.4), silence(300))]));
  const context: BrowserContext = await chromium.launchPersistentContext(profile, {
    executablePath: ensureChromium(),
    headless: true,
    args: [
      ...QUIET_FLAGS,
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      '--autoplay-policy=no-user-gesture-required',
      `--use-file-for-fake-audio-capture=${microphone}`,
    ],
  });
  const strayRequests: string[] = [];
  const note = (address: string) => {
    if (!/^(http|ws):\/\/127\.0\.0\.1[:/]|^(data|blob):/.test(address)) strayRequests.push(address);
  };
  context.on('request', (request) => note(request.url()));

  return {
    edge,
    clock,
    errors,
    strayRequests,
    nextCall: () => {
      const call = placed.shift();
      return call ? Promise.resolve(call) : new Promise((resolve) => waiting.push(resolve));
    },
    async openPage() {
      const page = await context.newPage();
      page.on('websocket', (socket) => note(socket.url()));
      await page.goto(url);
      const inPage = async <Result>(name: string, ...args: unknown[]) =>
        page.evaluate<Result>(`window.${name}(...${JSON.stringify(args)})`);
      return Object.assign(page, {
        device: async (token: string, options = {}) => inPage<void>('device', token, options),
        register: async () => inPage<void>('dev.register'),
        updateToken: async (token: string) => inPage<void>('dev.updateToken', token),
        until: async (what: string) => inPage<string>('until', what),
        dial: async (params = {}) => inPage<void>('dial', params),
        pickUp: async (connectToken: string) => inPage<void>('pick', connectToken),
        hear: async (hz: number, ms: number) => inPage<Loudness>('hear', hz, ms),
      });
    },
    cutSockets() {
      refusing = true;
      for (const socket of sockets) socket.destroy();
    },
    restore() {
      refusing = false;
    },
    async close() {
      await context.close();
      edge.close();
      clock.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
