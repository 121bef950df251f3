import { uuidV7 } from '../core/call-id.ts';
import type { PhoneFact } from '../core/events.ts';
import type { DeviceLife } from './device-life.ts';
import type { PhoneCall } from './phone-call.ts';
import { Reachability } from './reachability.ts';
import { Ringing } from './ringing.ts';
import type { CreateRinger } from './ringer-port.ts';
import type { VoiceCall } from './voice-sdk.ts';

/**
 * What Twilio gives for a caller who hides: ANONYMOUS, RESTRICTED, BLOCKED, UNKNOWN, UNAVAILABLE on a telephone's keys.
 */
const HIDDEN: ReadonlySet<string> = new Set(['+266696687', '+7378742833', '+2562533', '+8656696', '+86282452253']);

/** E.164, or empty when the caller is no telephone or hides. */
function numberOf(from = ''): string {
  return /^\+[1-9]\d{1,14}$/.test(from) && !HIDDEN.has(from) ? from : '';
}

export interface ReceivingOptions {
  life: DeviceLife;
  /** Those that are not over. */
  calls: ReadonlyMap<string, PhoneCall>;
  /** Takes a call in that rings. */
  add: (callId: string, call: VoiceCall) => PhoneCall;
  report: (fact: PhoneFact) => void;
  loadRinger: () => Promise<CreateRinger>;
  base: URL;
  page: EventTarget;
}

/** All that a phone needs besides to be called: the calls that arrive, their ringtone, and whether they can arrive. */
export class Receiving {
  readonly #options: ReceivingOptions;
  readonly #ringing: Ringing;
  readonly #reachability: Reachability;

  constructor(options: ReceivingOptions) {
    const { life, calls, report, loadRinger, base, page } = options;
    this.#options = options;
    this.#ringing = new Ringing(calls, (ring) => report({ type: 'ring-changed', ring }), base, loadRinger);
    this.#reachability = new Reachability({
      life,
      page,
      isIdle: () => calls.size === 0,
      report: (reach, problem) => report({ type: 'reach-changed', reach, problem }),
    });
  }

  set(on: boolean): void {
    const { life } = this.#options;
    life.onIncoming = (call) => (on ? this.#onIncoming(call) : call.reject());
    this.#reachability.set(on);
  }

  silence(): void {
    this.#ringing.silence();
  }

  /** Something has happened to a call. */
  onCalls(): void {
    this.#ringing.update();
  }

  close(): void {
    this.#ringing.close();
    this.#reachability.set(false);
  }

  #onIncoming(call: VoiceCall): void {
    // The SDK leaves calls alone that arrive while one is dialled; and what has been given up meanwhile rings no more.
    if (call.status() !== 'pending') return;
    const { calls, add, report } = this.#options;
    const { parameters, customParameters } = call;
    const at = Date.now();
    const callId = customParameters.get('CallId') || uuidV7(at, crypto.getRandomValues(new Uint8Array(16)));
    // The same call once more: it would be told of twice, and end twice.
    if (calls.has(callId)) return call.ignore();
    const number = numberOf(parameters['From']);
    const name = customParameters.get('CustomerName')?.trim() || null;
    const line = numberOf(customParameters.get('Line')) || null;
    add(callId, call);
    report({ type: 'call-arrived', callId, number, name, line, at });
    this.#ringing.update();
  }
}
