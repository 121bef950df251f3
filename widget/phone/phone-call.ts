import type { PhoneFact, Verdict } from '../core/events.ts';
import { NO_VERDICT } from '../core/events.ts';
import type { SavedCall } from '../core/phone.ts';
import { problemOf } from '../core/problem-error.ts';
import type { Problem } from '../core/state.ts';
import { rememberedDevice } from './audio/remembered.ts';
import { stopTracks, type Microphone } from './microphone.ts';
import { verdictOfSdk } from './sdk-errors.ts';
import type { VoiceCall, VoiceDevice, VoiceError } from './voice-sdk.ts';
import { webRtc } from '../web-rtc.ts';

/**
 * A call that has set out and of which nobody has heard: the SDK would send it whenever the network returns,
 * and ring a customer while the agent is away.
 */
const REACH_MS = 12_000;

/** A call of before a reload that is not here by then is given up: a customer hears nothing meanwhile. */
const RESUME_MS = 8000;

/** The SDK mends media for 30 s; a call that is still not mended then stays so for ever. */
const MEND_MS = 45_000;

/** The carrier knows no such call any more: somebody else took it, or the caller gave up. */
const TOO_LATE = 31_209;

const CONNECTION_LOST: Problem = Object.freeze({ code: 'connection-lost', carrierCode: null });
const LOST: Verdict = Object.freeze({ outcome: null, problem: CONNECTION_LOST });

/** It rang here, and was not answered here. */
export const MISSED: Verdict = Object.freeze({ outcome: 'missed', problem: null });

/** What a call needs of its phone. */
export interface CallHost {
  readonly microphone: Microphone;
  /** Rejects with a ProblemError. */
  readonly ready: () => Promise<VoiceDevice>;
  readonly report: (fact: PhoneFact) => void;
  /** The call has come to another stage. */
  readonly onStage: (call: PhoneCall) => void;
}

/** One call from its request, or its ring, to its end; which is told once. */
export class PhoneCall {
  readonly callId: string;
  /** `ringing` here, not accepted · `under-way` dialled or accepted, not yet open */
  stage: 'ringing' | 'under-way' | 'open' | 'over' = 'under-way';
  call: VoiceCall | undefined;
  stream: MediaStream | undefined;
  /** Id of the microphone that the agent wanted when it was opened. */
  chosenMicrophone = '';
  /** The agent wants no ringtone for it. */
  silenced = false;
  /** What else is to be given back, once the SDK has let go of the call. */
  readonly afterwards: (() => void)[] = [];
  readonly #host: CallHost;
  readonly #incoming: boolean;
  #resumed = false;
  /** The carrier has it. */
  #reached = false;
  /** It is with the SDK. */
  #sent = false;
  #usesMicrophone = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `ringing`: the SDK's call, of a customer who calls. */
  constructor(callId: string, host: CallHost, ringing?: VoiceCall) {
    this.callId = callId;
    this.#host = host;
    this.#incoming = ringing !== undefined;
    if (!ringing) return;
    this.stage = 'ringing';
    this.#reached = true;
    this.#listen(ringing);
  }

  /** What has set out and not arrived may still wait inside of the device to be sent. */
  get isAstray(): boolean {
    return this.#sent && !this.#reached;
  }

  place(): void {
    this.#begin(async () => {
      const device = await this.#openWith();
      if (!device) return;
      this.#expect(REACH_MS, () => this.fail(CONNECTION_LOST));
      await this.#connect(device, { params: { CallId: this.callId } });
    });
  }

  accept(): void {
    const { call } = this;
    if (this.stage !== 'ringing' || !call) return;
    this.#enter('under-way');
    this.#begin(async () => {
      const stream = await this.#openMicrophone();
      if (this.#isOver()) return;
      this.stream = stream;
      if (call.status() !== 'pending') return this.end(MISSED);
      this.#expect(REACH_MS, () => this.fail(CONNECTION_LOST));
      call.accept();
    });
  }

  /** Takes a call of before a reload up again. */
  resume({ call: { muted }, connectToken }: SavedCall): void {
    this.#resumed = this.#reached = true;
    this.#expect(RESUME_MS, () => this.end(LOST));
    this.#begin(async () => {
      const device = await this.#openWith();
      if (!device) return;
      await this.#connect(device, { connectToken });
      if (muted) this.call?.mute(true);
    });
  }

  /** The carrier has the call. */
  reach(): void {
    if (this.#reached) return;
    this.#reached = true;
    clearTimeout(this.#timer);
  }

  /** The agent ends it: what rings goes on to whoever is next. */
  hangUp(): void {
    if (this.stage === 'ringing') this.call?.reject();
    this.end(this.stage === 'ringing' ? { outcome: 'declined', problem: null } : NO_VERDICT);
  }

  /** Lets a ringing call ring elsewhere. */
  leave(): void {
    this.call?.ignore();
    this.end(MISSED);
  }

  end(verdict: Verdict): void {
    const told = this.#resumed && this.stage !== 'open' && verdict !== NO_VERDICT ? LOST : verdict;
    if (this.#finish()) {
      this.#host.report({ type: 'call-ended', callId: this.callId, at: Date.now(), verdict: told });
    }
  }

  fail(problem: Problem): void {
    if (this.#resumed) return this.end(LOST);
    // Not ignored: this agent cannot answer, and with a "no" the carrier goes on to the next one at once.
    if (this.#incoming && this.call?.status() === 'pending') this.call.reject();
    if (this.#finish()) {
      this.#host.report({ type: 'call-failed', callId: this.callId, at: Date.now(), problem });
    }
  }

  #enter(stage: PhoneCall['stage']): void {
    this.stage = stage;
    this.#host.onStage(this);
  }

  #begin(how: () => Promise<void>): void {
    how().catch((error: unknown) => this.fail(problemOf(error)));
  }

  #expect(ms: number, otherwise: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(otherwise, ms);
  }

  #openMicrophone(): Promise<MediaStream> {
    this.#usesMicrophone = true;
    this.chosenMicrophone = rememberedDevice('microphone').id;
    return this.#host.microphone.open();
  }

  /** Microphone and device, or nothing when the call is over by then. */
  async #openWith(): Promise<VoiceDevice | undefined> {
    const opening = this.#openMicrophone();
    // Only once both are there: a call that sets out without a microphone would fail inside of the SDK.
    const [device, stream] = await Promise.all([this.#host.ready(), opening]);
    if (this.#isOver()) return;
    this.stream = stream;
    return device;
  }

  async #connect(device: VoiceDevice, how: Parameters<VoiceDevice['connect']>[0]): Promise<void> {
    this.#sent = true;
    const call = await device.connect(how);
    if (this.#isOver()) return call.disconnect();
    this.#listen(call);
  }

  #listen(call: VoiceCall): void {
    this.call = call;
    const { callId } = this;
    let trouble: VoiceError | undefined;
    const report = (fact: PhoneFact) => this.#isOver() || this.#host.report(fact);

    call.on('ringing', () => {
      this.reach();
      report({ type: 'call-rang', callId, at: Date.now() });
    });
    call.on('accept', () => {
      if (this.#isOver()) return;
      this.#reached = true;
      clearTimeout(this.#timer);
      this.#enter('open');
      if (this.#resumed) report({ type: 'connection-restored', callId });
      else report({ type: 'call-opened', callId, at: Date.now() });
    });
    call.on('audio', (audio) => webRtc.mapAudioElement?.(audio));
    call.on('mute', (muted) => report({ type: 'call-muted', callId, muted }));
    call.on('reconnecting', (error) => {
      if (this.stage !== 'open') return;
      this.#expect(MEND_MS, () => this.end(verdictOfSdk(error)));
      report({ type: 'connection-lost', callId });
    });
    call.on('reconnected', () => {
      if (this.stage !== 'open') return;
      clearTimeout(this.#timer);
      report({ type: 'connection-restored', callId });
    });
    call.on('error', (error) => {
      trouble = error;
      setTimeout(() => (trouble = undefined));
    });
    call.on('cancel', () => this.end(MISSED));
    call.on('disconnect', () => {
      // The SDK tells of an error before or after the end that it is the reason of, in the same turn.
      queueMicrotask(() => this.end(trouble ? this.#verdictOf(trouble) : NO_VERDICT));
    });
    call.on('transportClose', () => {
      queueMicrotask(() => {
        // Without a way to resume, the SDK gives the call up at once and does not say so.
        if (call.status() === 'closed') this.end(LOST);
        // It says that one which rings resumes, and answers it no more.
        else if (this.stage === 'ringing') this.end({ ...MISSED, problem: CONNECTION_LOST });
      });
    });
  }

  #verdictOf(error: VoiceError): Verdict {
    const verdict = verdictOfSdk(error);
    return this.#incoming && verdict.problem?.carrierCode === TOO_LATE ? MISSED : verdict;
  }

  #isOver(): boolean {
    return this.stage === 'over';
  }

  /** Gives everything back. False when that has been done already. */
  #finish(): boolean {
    if (this.#isOver()) return false;
    clearTimeout(this.#timer);
    this.call?.disconnect();
    if (this.stream) stopTracks(this.stream);
    if (this.#usesMicrophone) this.#host.microphone.release();
    setTimeout(() => {
      for (const each of this.afterwards) each();
    });
    this.#enter('over');
    return true;
  }
}
