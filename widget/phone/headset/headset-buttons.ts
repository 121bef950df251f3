import { HOOK_SWITCH, PHONE_MUTE, FLASH } from './telephony.ts';
import type { Field } from './report-layout.ts';

/** A call, as far as a headset is concerned. */
export interface HeadsetState {
  /** A customer calls, or waits. */
  readonly ringing: boolean;
  readonly inCall: boolean;
  readonly muted: boolean;
}

export interface HeadsetCalls {
  onAnswer: () => void;
  onHangUp: () => void;
  onMute: (on: boolean) => void;
}

/** Nobody answers and hangs up as fast as a button springs back. */
const PUSH_MS = 500;

/**
 * What the agent means by the buttons. A headset repeats what it is told, so only what differs from the state of the call
 * is an order. Many say that their hook is a push button although it is a switch, and the other way round: one that is
 * back at once is a button.
 */
export class HeadsetButtons {
  readonly #calls: HeadsetCalls;
  readonly #was = new Map<number, boolean>();
  #hookIsButton = false;
  #pushedAt = -Infinity;
  #toldAt = -Infinity;

  constructor(calls: HeadsetCalls) {
    this.#calls = calls;
  }

  /** The headset has been told of the call: it may repeat that. */
  told(at: number): void {
    this.#toldAt = at;
  }

  /** A report has this value now. `at` in milliseconds. */
  report({ usage, isState }: Field, value: boolean, state: HeadsetState, at: number): void {
    const pushed = value && !this.#was.get(usage);
    const changed = value !== (this.#was.get(usage) ?? false);
    this.#was.set(usage, value);
    if (usage === HOOK_SWITCH && changed) this.#hook(value, state, at);
    // A second customer is taken by flash; the hook would end the call with the first.
    if (usage === FLASH && pushed && state.ringing && state.inCall) this.#calls.onAnswer();
    if (usage === PHONE_MUTE && isState && changed) this.#mute(value, state);
    if (usage === PHONE_MUTE && !isState && pushed) this.#mute(!state.muted, state);
  }

  #hook(offHook: boolean, { ringing, inCall }: HeadsetState, at: number): void {
    if (offHook) {
      this.#pushedAt = at;
      if (inCall && this.#hookIsButton && at - this.#toldAt >= PUSH_MS) this.#calls.onHangUp();
      else if (ringing && !inCall) this.#calls.onAnswer();
      return;
    }
    if (!inCall && !ringing) return;
    if (at - this.#pushedAt < PUSH_MS) this.#hookIsButton = true;
    else if (inCall && !this.#hookIsButton) this.#calls.onHangUp();
  }

  #mute(wanted: boolean, { inCall, muted }: HeadsetState): void {
    if (inCall && wanted !== muted) this.#calls.onMute(wanted);
  }
}
