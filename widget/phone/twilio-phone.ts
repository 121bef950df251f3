import type { PhoneFact } from '../core/events.ts';
import { NO_VERDICT } from '../core/events.ts';
import type { Phone, SavedCall } from '../core/phone.ts';
import { DeviceLife, type DeviceLifeOptions } from './device-life.ts';
import { guardLeaving } from './leave-guard.ts';
import { Microphone } from './microphone.ts';
import { PhoneCall, type CallHost } from './phone-call.ts';
import type { Receiving } from './receiving.ts';
import type { CreateRinger } from './ringer-port.ts';

/** After its script could not be loaded. */
const LOAD_AGAIN_MS = 10_000;

export interface TwilioPhoneOptions extends Pick<
  DeviceLifeOptions,
  'base' | 'version' | 'loadSdk' | 'requestAccessToken' | 'page'
> {
  report: (fact: PhoneFact) => void;
  /** Loads the ringtone, once calls are received. */
  loadRinger?: () => Promise<CreateRinger>;
}

async function importRinger(): Promise<CreateRinger> {
  return (await import('./audio/ringer.ts')).createRinger;
}

/** The Phone on Twilio's Voice SDK. */
export class TwilioPhone implements Phone {
  /** Those that are not over. */
  readonly #calls = new Map<string, PhoneCall>();
  readonly #options: TwilioPhoneOptions;
  readonly #life: DeviceLife;
  readonly #host: CallHost;
  /** What the SDK is to get when it asks for a microphone next. */
  #handedOver: MediaStream | undefined;
  #wanted = false;
  #startsReceiving = false;
  #receiver: Receiving | undefined;
  #again: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(options: TwilioPhoneOptions) {
    const { report: tell, ...rest } = options;
    const report = (fact: PhoneFact) => this.#closed || tell(fact);
    const microphone = new Microphone((notice) => report({ type: 'device-changed', notice }));
    this.#options = options;
    this.#host = {
      microphone,
      ready: () => this.#life.ready(),
      report,
      onStage: (call) => this.#onStage(call),
    };
    this.#life = new DeviceLife({
      ...rest,
      getUserMedia: (constraints) => {
        const handedOver = this.#handedOver;
        this.#handedOver = undefined;
        return handedOver ? Promise.resolve(handedOver) : microphone.take(constraints);
      },
      isBusy: () => [...this.#calls.values()].some(({ call }) => call),
      onDrop: () => this.#leaveRinging(),
      onRefused: (problem) => {
        for (const call of this.#calls.values()) if (call.stage === 'under-way') call.fail(problem);
      },
    });
  }

  prepare(): void {
    if (!this.#closed) this.#life.ready().catch(() => {});
  }

  receive(on: boolean): void {
    if (this.#closed) return;
    this.#wanted = on;
    clearTimeout(this.#again);
    if (this.#receiver) this.#receiver.set(on);
    else if (on && !this.#startsReceiving) void this.#startReceiving();
  }

  connect(callId: string): void {
    if (this.#closed) return;
    // The SDK would leave them alone without a word.
    this.#leaveRinging();
    this.#add(new PhoneCall(callId, this.#host)).place();
  }

  accept(callId: string): void {
    this.#calls.get(callId)?.accept();
  }

  reject(callId: string): void {
    this.disconnect(callId);
  }

  silence(): void {
    this.#receiver?.silence();
  }

  disconnect(callId: string): void {
    const call = this.#calls.get(callId);
    if (call) call.hangUp();
    else this.#host.report({ type: 'call-ended', callId, at: Date.now(), verdict: NO_VERDICT });
  }

  mute(callId: string, on: boolean): void {
    this.#calls.get(callId)?.call?.mute(on);
  }

  sendDigits(callId: string, digits: string): void {
    this.#calls.get(callId)?.call?.sendDigits(digits);
  }

  confirmReached(callId: string): void {
    this.#calls.get(callId)?.reach();
  }

  resume(saved: SavedCall): void {
    const { call } = saved;
    this.#host.report({ type: 'call-resumed', call });
    this.#add(new PhoneCall(call.callId, this.#host)).resume(saved);
  }

  save(): string | null {
    return this.#open()?.call?.connectToken ?? null;
  }

  close(keepCall = false): void {
    const kept = keepCall && this.save() ? this.#open() : undefined;
    this.#closed = true;
    clearTimeout(this.#again);
    this.#receiver?.close();
    guardLeaving(this.#options.page, false);
    this.#leaveRinging();
    if (kept) {
      const device = this.#life.leave();
      // The browser may show this page again after all, where nobody is left to speak for the call.
      this.#options.page.addEventListener('pageshow', () => device?.destroy(), { once: true });
      return;
    }
    for (const call of this.#calls.values()) call.hangUp();
    this.#life.drop();
  }

  #open(): PhoneCall | undefined {
    return [...this.#calls.values()].find(({ stage }) => stage === 'open');
  }

  #add(call: PhoneCall): PhoneCall {
    this.#calls.set(call.callId, call);
    guardLeaving(this.#options.page, true);
    this.#life.useSpeaker().catch(() => {});
    return call;
  }

  #leaveRinging(): void {
    for (const call of this.#calls.values()) if (call.stage === 'ringing') call.leave();
  }

  #onStage(call: PhoneCall): void {
    if (call.stage === 'under-way') this.#life.useSpeaker().catch(() => {});
    if (call.stage === 'open') void this.#attend(call);
    if (call.stage === 'over') this.#onOver(call);
    this.#receiver?.onCalls();
  }

  #onOver(call: PhoneCall): void {
    this.#calls.delete(call.callId);
    guardLeaving(this.#options.page, this.#calls.size > 0);
    // What rings has come by this device just now: it has no call of before to send.
    if (call.isAstray && !(call.call && this.#calls.size > 0)) {
      this.#life.drop();
      this.prepare();
    }
  }

  /** Its sound and its devices; a call goes on without. */
  async #attend(call: PhoneCall): Promise<void> {
    const { attendCall } = await import('./attend-call.ts').catch(() => ({ attendCall: null }));
    attendCall?.(call, {
      host: this.#host,
      audio: this.#life.device?.audio,
      useSpeaker: (id) => this.#life.useSpeaker(id),
      handOver: (stream) => (this.#handedOver = stream),
    });
  }

  async #startReceiving(): Promise<void> {
    this.#startsReceiving = true;
    try {
      const { Receiving } = await import('./receiving.ts');
      if (this.#closed) return;
      const { base, page, loadRinger = importRinger } = this.#options;
      const { report } = this.#host;
      this.#receiver = new Receiving({
        life: this.#life,
        calls: this.#calls,
        add: (callId, call) => this.#add(new PhoneCall(callId, this.#host, call)),
        report,
        loadRinger,
        base,
        page,
      });
      this.#receiver.set(this.#wanted);
    } catch {
      this.#host.report({ type: 'reach-changed', reach: 'service' });
      this.#again = setTimeout(() => this.receive(this.#wanted), LOAD_AGAIN_MS);
    } finally {
      this.#startsReceiving = false;
    }
  }
}
