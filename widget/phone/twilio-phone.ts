import type { PhoneFact, Verdict } from '../core/events.ts';
import { NO_VERDICT } from '../core/events.ts';
import type { Phone } from '../core/phone.ts';
import { problemOf } from '../core/problem-error.ts';
import type { Problem } from '../core/state.ts';
import { DeviceLife, type DeviceLifeOptions } from './device-life.ts';
import { Microphone, stopTracks } from './microphone.ts';
import { verdictOfSdk } from './sdk-errors.ts';
import type { VoiceCall, VoiceError } from './voice-sdk.ts';

/**
 * A call that has set out and of which nobody has heard: the SDK would send it whenever the network returns,
 * and ring a customer while the agent is away.
 */
const REACH_MS = 12_000;

/** The SDK mends media for 30 s; a call that is still not mended then stays so for ever. */
const MEND_MS = 45_000;

const CONNECTION_LOST: Problem = Object.freeze({ code: 'connection-lost', carrierCode: null });

export interface TwilioPhoneOptions extends Pick<
  DeviceLifeOptions,
  'base' | 'version' | 'loadSdk' | 'requestAccessToken' | 'page'
> {
  report: (fact: PhoneFact) => void;
}

/** One call from its request to its end. */
interface Attempt {
  readonly callId: string;
  over: boolean;
  /** The carrier has it. */
  reached: boolean;
  /** It is with the SDK. */
  sent: boolean;
  call: VoiceCall | undefined;
  stream: MediaStream | undefined;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** The Phone on Twilio's Voice SDK. */
export class TwilioPhone implements Phone {
  readonly #report: (fact: PhoneFact) => void;
  readonly #microphone = new Microphone();
  readonly #device: DeviceLife;
  #attempt: Attempt | undefined;
  #closed = false;

  constructor({ report, ...rest }: TwilioPhoneOptions) {
    this.#report = (fact) => this.#closed || report(fact);
    this.#device = new DeviceLife({
      ...rest,
      getUserMedia: this.#microphone.take,
      onRefused: (problem) => {
        if (this.#attempt && !this.#attempt.reached) this.#fail(this.#attempt, problem);
      },
    });
  }

  prepare(): void {
    if (!this.#closed) this.#device.ready().catch(() => {});
  }

  connect(callId: string): void {
    const attempt: Attempt = {
      callId,
      over: false,
      reached: false,
      sent: false,
      call: undefined,
      stream: undefined,
      timer: undefined,
    };
    this.#attempt = attempt;
    this.#place(attempt).catch((error: unknown) => this.#fail(attempt, problemOf(error)));
  }

  disconnect(callId: string): void {
    const attempt = this.#attempt;
    if (attempt?.callId === callId) this.#end(attempt, NO_VERDICT);
    else this.#report({ type: 'call-ended', callId, at: Date.now(), verdict: NO_VERDICT });
  }

  mute(callId: string, on: boolean): void {
    this.#callOf(callId)?.mute(on);
  }

  sendDigits(callId: string, digits: string): void {
    this.#callOf(callId)?.sendDigits(digits);
  }

  confirmReached(callId: string): void {
    if (this.#attempt?.callId === callId) this.#reach(this.#attempt);
  }

  close(): void {
    this.#closed = true;
    if (this.#attempt) this.#end(this.#attempt, NO_VERDICT);
    this.#device.drop();
  }

  #callOf(callId: string): VoiceCall | undefined {
    return this.#attempt?.callId === callId ? this.#attempt.call : undefined;
  }

  async #place(attempt: Attempt): Promise<void> {
    const opening = this.#microphone.open();
    // Only once both are there: a call that sets out without a microphone would fail inside of the SDK.
    const [device, stream] = await Promise.all([this.#device.ready(), opening]);
    if (attempt.over) return;
    attempt.stream = stream;
    attempt.sent = true;
    attempt.timer = setTimeout(() => this.#fail(attempt, CONNECTION_LOST), REACH_MS);
    const call = await device.connect({ params: { CallId: attempt.callId } });
    if (attempt.over) return call.disconnect();
    attempt.call = call;
    this.#listen(attempt, call);
  }

  #listen(attempt: Attempt, call: VoiceCall): void {
    const { callId } = attempt;
    let trouble: VoiceError | undefined;
    const stopped = () => {
      // The SDK tells of an error before or after the end that it is the reason of, in the same turn.
      queueMicrotask(() => this.#end(attempt, trouble ? verdictOfSdk(trouble) : NO_VERDICT));
    };
    const report = (fact: PhoneFact) => attempt.over || this.#report(fact);

    call.on('ringing', () => {
      this.#reach(attempt);
      report({ type: 'call-rang', callId, at: Date.now() });
    });
    call.on('accept', () => {
      this.#reach(attempt);
      report({ type: 'call-opened', callId, at: Date.now() });
    });
    call.on('mute', (muted) => report({ type: 'call-muted', callId, muted }));
    call.on('reconnecting', (error) => {
      clearTimeout(attempt.timer);
      attempt.timer = setTimeout(() => this.#end(attempt, verdictOfSdk(error)), MEND_MS);
      report({ type: 'connection-lost', callId });
    });
    call.on('reconnected', () => {
      clearTimeout(attempt.timer);
      report({ type: 'connection-restored', callId });
    });
    call.on('error', (error) => {
      trouble = error;
      setTimeout(() => (trouble = undefined));
    });
    call.on('disconnect', stopped);
    call.on('transportClose', () => {
      // Without a way to resume, the SDK gives the call up at once and does not say so.
      queueMicrotask(() => {
        if (call.status() === 'closed') this.#end(attempt, { outcome: null, problem: CONNECTION_LOST });
      });
    });
  }

  #reach(attempt: Attempt): void {
    if (attempt.reached) return;
    attempt.reached = true;
    clearTimeout(attempt.timer);
  }

  #end(attempt: Attempt, verdict: Verdict): void {
    if (this.#finish(attempt)) {
      this.#report({ type: 'call-ended', callId: attempt.callId, at: Date.now(), verdict });
    }
  }

  #fail(attempt: Attempt, problem: Problem): void {
    if (this.#finish(attempt)) {
      this.#report({ type: 'call-failed', callId: attempt.callId, at: Date.now(), problem });
    }
  }

  /** Gives everything back. False when that has been done already. */
  #finish(attempt: Attempt): boolean {
    if (attempt.over) return false;
    attempt.over = true;
    clearTimeout(attempt.timer);
    attempt.call?.disconnect();
    if (attempt.stream) stopTracks(attempt.stream);
    this.#microphone.release();
    // What has set out and not arrived may still wait inside of the device to be sent.
    if (attempt.sent && !attempt.reached) {
      this.#device.drop();
      this.prepare();
    }
    return true;
  }
}
