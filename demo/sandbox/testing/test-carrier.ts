import { setTimeout as delay } from 'node:timers/promises';
import { createAccount } from '../account.ts';
import type { FarEnd } from '../far-ends/far-end.ts';
import { TelephoneNetwork } from '../far-ends/telephone-network.ts';
import type { LogEntry } from '../log.ts';
import { AudioClock } from '../media/clock.ts';
import { tone } from '../media/tones.ts';
import { type Application, type ClientOffer, FRAME_MS, type RingingEvents } from '../ports.ts';
import { RecordingStore } from '../recordings/recording-store.ts';
import { AudioLines } from '../switch/audio-line.ts';
import { CallBook } from '../switch/call-book.ts';
import type { Parts } from '../switch/parts.ts';
import { SandboxSwitch } from '../switch/sandbox-switch.ts';
import { WebhookClient } from '../webhooks/webhook-client.ts';
import { TestBrowser } from './test-browser.ts';
import { WebhookServer } from './webhook-server.ts';

export const CALLER_ID = '+20224610000';
export const ACCOUNT_URL = 'http://sandbox.test/2010-04-01/Accounts/AC';

/** Rings shortly, answers, and says a tone of 1200 Hz until the other side hangs up. */
export const HUMMING: FarEnd = {
  ringsMs: 200,
  outcome: 'answers',
  talk: (telephone) => telephone.say(tone(1200, 60_000)),
};

export interface Ringing {
  offer: ClientOffer;
  events: RingingEvents;
  canceled: boolean;
}

export interface TestCarrier {
  parts: Parts;
  calls: SandboxSwitch;
  application: Application;
  web: WebhookServer;
  log: LogEntry[];
  /** Clients that can be rung, and those that ring. */
  registered: Set<string>;
  ringing: Map<string, Ringing>;
  /** A browser calls, and hears what `twiml` (inside `<Response>`) says. */
  call(twiml: string, parameters?: Record<string, string>, hz?: number, grant?: Record<string, string>): TestBrowser;
  /** So much time of the audio clock, which catches up where it was late, and of the clock on the wall. */
  elapse(ms: number): Promise<void>;
  close(): Promise<void>;
}

/** The switch with a customer's web server around it, and browsers and far ends in its place. Number …77 hums. */
export async function startTestCarrier(farEnds: Record<string, FarEnd> = {}): Promise<TestCarrier> {
  const account = createAccount({ application: {}, numbers: [{ phoneNumber: CALLER_ID }] });
  const application = [...account.applications.values()][0]!;
  const web = await WebhookServer.start(account.authToken);
  const log: LogEntry[] = [];
  const clock = new AudioClock((error) => {
    throw error;
  });
  const lines = new AudioLines(clock);
  const registered = new Set<string>();
  const ringing = new Map<string, Ringing>();
  const parts: Parts = {
    account,
    calls: new CallBook(),
    lines,
    recordings: new RecordingStore(lines, ACCOUNT_URL),
    telephones: new TelephoneNetwork({ '77': HUMMING, ...farEnds }, (error) => {
      log.push({ level: 'error', message: String(error) });
    }),
    devices: {
      ring(offer, events) {
        const one = { offer, events, canceled: false };
        if (registered.has(offer.identity)) ringing.set(offer.identity, one);
        return {
          count: registered.has(offer.identity) ? 1 : 0,
          cancel: () => {
            one.canceled = true;
          },
        };
      },
    },
    webhooks: new WebhookClient(account.authToken),
    log: (entry) => void log.push(entry),
  };
  const calls = new SandboxSwitch(parts);
  clock.start();
  let documents = 0;

  return {
    parts,
    calls,
    application,
    web,
    log,
    registered,
    ringing,
    call(twiml, parameters = {}, hz = 440, grantParameters = {}) {
      application.voiceUrl = web.answer(`/twiml-${(documents += 1)}`, twiml);
      const browser = new TestBrowser('agent_7', hz);
      const { sid: applicationSid } = application;
      calls.callPlaced({ identity: 'agent_7', applicationSid, parameters, grantParameters, call: browser });
      return browser;
    },
    async elapse(ms) {
      let left = ms / FRAME_MS;
      const wall = delay(ms);
      await new Promise<void>((resolve) => {
        const stop = lines.tap(() => {
          left -= 1;
          if (left > 0) return;
          stop();
          resolve();
        });
      });
      await wall;
    },
    async close() {
      calls.close();
      clock.stop();
      lines.close();
      await web.close();
      await parts.recordings.close();
    },
  };
}
