import { IDLE, isLive, refused, type DialerState } from '../core/state.ts';
import { microphones } from '../web-rtc.ts';
import type { HandsetRequest } from './handset-request.ts';
import { HolderWatch } from './holder-watch.ts';
import type { PhoneChannel } from './phone-channel.ts';
import type { RemoteHandset } from './remote-handset.ts';
import type { RingHere } from './ring-here.ts';

/** What a page that operates a phone elsewhere is asked for. */
export interface FarPhoneHost {
  /** Of this agent: one page of all rings. */
  readonly lockName: string;
  /** As this page shows it; `takeOver` brings it here, if it can be. */
  readonly phone: Pick<RemoteHandset, 'getState' | 'become'> & { takeOver(): Promise<void> };
  /** The way to the tab that has it; none while this page sleeps. */
  readonly channel: () => Pick<PhoneChannel, 'send' | 'ask'> | undefined;
  /** Does what that tab does not, after taking the phone from it, if it is worth that. */
  readonly doHere: (method: HandsetRequest, args: readonly unknown[]) => Promise<void>;
  /** `shown` says something else now. */
  readonly onChange: () => void;
}

export interface FarPhoneBrowser {
  /** The microphone may be opened without asking the person. */
  mayUseMicrophone: () => Promise<boolean>;
  /** Has the browser ask the person for it. */
  askForMicrophone: () => Promise<unknown>;
  /** Loads what rings in this page; `onRings` as in RingHereParts. */
  loadRingHere: (lockName: string, onRings: (on: boolean) => void) => Promise<Pick<RingHere, 'follow' | 'close'>>;
}

/** Not asked by a person: nobody waits for it. */
const UNASKED: ReadonlySet<HandsetRequest> = new Set(['nameCustomer', 'dismissNotice', 'prepare']);

/**
 * What a page owes to an agent whose phone is in another tab or in the phone window: to sound where that page may not, to
 * ask for the microphone where the agent is, and to notice that the other tab hangs.
 */
export class FarPhone {
  readonly #host: FarPhoneHost;
  readonly #browser: FarPhoneBrowser;
  readonly #watch: HolderWatch;
  #ringHere: Pick<RingHere, 'follow' | 'close'> | undefined;
  #loading = false;
  #rings = false;
  #closed = false;
  #isUnheard = false;
  /** What the phone said last. */
  #heard: DialerState | undefined;
  /** That, when its tab was found to hang. */
  #hungIn: DialerState | undefined;
  /** As the phone says it, but for `ring`. */
  #told: DialerState = IDLE;

  constructor(host: FarPhoneHost, browser: FarPhoneBrowser) {
    this.#host = host;
    this.#browser = browser;
    this.#watch = new HolderWatch(
      () => host.channel()?.send({ type: 'hello' }),
      () => {
        // The customer who rings may be gone by now, and nobody here would hear of it.
        this.#hungIn = this.#heard;
        host.onChange();
        void host.phone.takeOver();
      },
    );
  }

  /** To be called with every state of the phone, wherever it is: that state as this page shows it. */
  shown(told: DialerState): DialerState {
    const isElsewhere = told.place !== 'here';
    const state = isElsewhere ? this.#withKnownProblem(told) : told;
    this.#told = state;
    if (!isElsewhere) this.#watch.stop();
    else if (told !== this.#heard) this.#watch.heard();
    this.#heard = told;
    // It rings in a page that nobody has touched, where the browser lets nothing sound.
    this.#isUnheard = isElsewhere && state.ring === 'blocked' && told !== this.#hungIn;
    if (this.#isUnheard && !this.#ringHere && !this.#loading) void this.#load();
    this.#ringHere?.follow(this.#isUnheard ? state : { ring: 'off', phase: state.phase });
    return this.#isUnheard && this.#rings ? { ...state, ring: 'on' } : state;
  }

  /** Has the tab with the phone do something, or says that it was not done. */
  async ask(method: HandsetRequest, args: readonly unknown[]): Promise<void> {
    const { phone, channel, doHere } = this.#host;
    // There, the microphone is asked for by another origin.
    const inTab = phone.getState().place === 'other-tab';
    const live = isLive(phone.getState());
    if (method === 'answer' && inTab) await this.#prepareAnswer();
    const here = method === 'dial' && inTab && !live && !(await this.#browser.mayUseMicrophone());
    if (!here && (await channel()?.ask({ type: 'ask', method, args }))) return;
    if (!live) return doHere(method, args);
    if (UNASKED.has(method)) return;
    phone.become({ ...this.#told, problem: method === 'dismiss' ? null : refused('not-delivered').problem });
  }

  /** Told again it arrives as a copy, and is not another problem. */
  #withKnownProblem(state: DialerState): DialerState {
    const { problem } = this.#told;
    const isSame = problem?.code === state.problem?.code && problem?.carrierCode === state.problem?.carrierCode;
    return isSame && problem !== state.problem ? { ...state, problem } : state;
  }

  /** A hidden tab asks nobody: the customer would ring until the agent happens to look there. */
  async #prepareAnswer(): Promise<void> {
    if (!(await this.#browser.mayUseMicrophone())) await this.#browser.askForMicrophone().catch(() => {});
  }

  close(): void {
    this.#closed = true;
    this.#watch.stop();
    this.#ringHere?.close();
  }

  async #load(): Promise<void> {
    this.#loading = true;
    try {
      const ringHere = await this.#browser.loadRingHere(this.#host.lockName, (on) => {
        if (on === this.#rings) return;
        this.#rings = on;
        if (this.#isUnheard) this.#host.onChange();
      });
      if (this.#closed) return ringHere.close();
      this.#ringHere = ringHere;
      this.#host.onChange();
    } catch {
      // Seen, and not heard.
    } finally {
      this.#loading = false;
    }
  }
}

async function mayUseMicrophone(): Promise<boolean> {
  try {
    return (await navigator.permissions.query({ name: 'microphone' })).state === 'granted';
  } catch {
    return false;
  }
}

/** With this browser's own. `base` is the folder of `sounds/`. */
export function createFarPhone(host: FarPhoneHost, base: URL): FarPhone {
  return new FarPhone(host, {
    mayUseMicrophone,
    async askForMicrophone() {
      const stream = await microphones().getUserMedia({ audio: true });
      for (const track of stream.getTracks()) track.stop();
    },
    async loadRingHere(lockName, onRings) {
      const [{ RingHere }, { createRinger }] = await Promise.all([
        import('./ring-here.ts'),
        import('../phone/audio/ringer.ts'),
      ]);
      return new RingHere({
        createRinger,
        base,
        locks: (navigator as { locks?: LockManager }).locks,
        lockName,
        onRings,
      });
    },
  });
}
