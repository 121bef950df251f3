import type { TokenAnswer } from '../../service/contract.ts';
import type { PhoneFact } from '../core/events.ts';
import type { ProblemError } from '../core/problem-error.ts';
import type { Ring } from '../core/reach.ts';
import { TwilioPhone } from '../phone/twilio-phone.ts';
import { ScriptedMicrophone } from './scripted-microphone.ts';
import { ScriptedPage } from './scripted-page.ts';
import { ScriptedSdk } from './scripted-sdk.ts';

export const LIFE_MS = 3_600_000;

export const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Lets everything happen that waits for nothing but its turn, loading of scripts included. */
export async function settle(): Promise<void> {
  for (let turns = 0; turns < 20; turns += 1) await turn();
}

/** A phone that can receive calls, with all around it scripted, and what it says. */
export class PhoneStage {
  readonly sdk = new ScriptedSdk();
  readonly microphone = new ScriptedMicrophone();
  readonly page = new ScriptedPage();
  readonly phone: TwilioPhone;
  facts: PhoneFact[] = [];
  /** What the ringtone does now. */
  sounds: 'off' | 'on' | 'waiting' = 'off';
  /** The ringtone has something to say. */
  ringer: (ring: Ring) => void = () => {};
  /** Why no access token is given. */
  refusal: ProblemError | null = null;
  tokens = 0;

  constructor() {
    this.microphone.install();
    this.page.install();
    this.phone = new TwilioPhone({
      report: (fact) => this.facts.push(fact),
      base: new URL('https://dialer.example.com/'),
      version: '0.1.0',
      loadSdk: async () => this.sdk,
      requestAccessToken: () => this.#token(),
      page: this.page,
      loadRinger: async () => (options) => {
        this.ringer = options.report;
        return {
          ring: ({ waiting }) => {
            this.sounds = waiting ? 'waiting' : 'on';
            options.report('on');
          },
          stop: () => (this.sounds = 'off'),
          close: () => (this.sounds = 'off'),
        };
      },
    });
  }

  get device() {
    return this.sdk.device;
  }

  types(): string[] {
    return this.facts.map(({ type }) => type);
  }

  reaches(): string[] {
    return this.facts.flatMap((fact) => (fact.type === 'reach-changed' ? [fact.reach] : []));
  }

  rings(): string[] {
    return this.facts.flatMap((fact) => (fact.type === 'ring-changed' ? [fact.ring] : []));
  }

  /** Every end: whose, and its verdict or problem. */
  ends(): [string, unknown][] {
    return this.facts.flatMap((fact): [string, unknown][] => {
      if (fact.type === 'call-ended') return [[fact.callId, fact.verdict]];
      return fact.type === 'call-failed' ? [[fact.callId, fact.problem.code]] : [];
    });
  }

  /** Calls are received, and all that was said on the way is forgotten. */
  async receiving(): Promise<void> {
    this.phone.receive(true);
    await settle();
    if (this.reaches().at(-1) !== 'ready') throw new Error(`not ready: ${this.reaches().join()}`);
    this.facts = [];
  }

  async #token(): Promise<TokenAnswer> {
    if (this.refusal) throw this.refusal;
    this.tokens += 1;
    const expiresAt = new Date(Date.now() + LIFE_MS).toISOString();
    return { accessToken: `token ${this.tokens}`, identity: 'mona', expiresAt };
  }
}
