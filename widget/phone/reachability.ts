import type { Reach } from '../core/reach.ts';
import type { ProblemCode } from '../core/state.ts';
import type { DeviceLife } from './device-life.ts';
import { watchMicrophone } from './microphone-presence.ts';
import { reachOf } from './reach-of.ts';

const TICK_MS = 5000;

/** Hidden pages have their timers once a minute; a longer gap is a sleep, of the page or of the computer. */
const SLEPT_MS = 90_000;

/** A device that has not registered in this time is replaced. */
const REPLACE_MS = 45_000;

/** Between attempts to make a device: doubled each time, up to this. */
const AGAIN_MS = 60_000;

/** A device that lasted so long was good: the next attempt need not wait for what failed before. */
const STEADY_MS = 30_000;

export interface ReachabilityOptions {
  life: DeviceLife;
  page: EventTarget;
  /** There is no call: the device may be replaced. */
  isIdle: () => boolean;
  /** `problem`: what is in the way of the microphone. */
  report: (reach: Reach, problem: ProblemCode | undefined) => void;
}

/** Keeps a device registered while calls are wanted, and says whether one would really ring here. */
export class Reachability {
  readonly #options: ReachabilityOptions;
  #wanted = false;
  #asleep = false;
  #microphone: ProblemCode | null = null;
  #told: readonly unknown[] = ['off', undefined];
  #missingSince = 0;
  #registeredAt = 0;
  #tickedAt = 0;
  #failures = 0;
  #making = false;
  #timer: ReturnType<typeof setInterval> | undefined;
  #again: ReturnType<typeof setTimeout> | undefined;
  #stopWatching: () => void = () => {};

  constructor(options: ReachabilityOptions) {
    this.#options = options;
  }

  set(on: boolean): void {
    if (on === this.#wanted) return;
    this.#wanted = on;
    const { life } = this.#options;
    if (on) this.#start();
    else this.#stop();
    life.receive(on);
    this.#update();
    if (on) void this.#make();
  }

  #start(): void {
    const { life, page } = this.#options;
    this.#tickedAt = this.#missingSince = Date.now();
    life.onChange = () => this.#onDevice();
    this.#timer = setInterval(this.#tick, TICK_MS);
    this.#stopWatching = watchMicrophone((problem) => {
      this.#microphone = problem;
      this.#update();
    });
    for (const event of ['online', 'offline', 'visibilitychange']) page.addEventListener(event, this.#tick);
    page.addEventListener('freeze', this.#onFreeze, true);
    page.addEventListener('resume', this.#onResume, true);
    page.addEventListener('pageshow', this.#onPageShow);
  }

  #stop(): void {
    const { life, page } = this.#options;
    life.onChange = () => {};
    clearInterval(this.#timer);
    clearTimeout(this.#again);
    this.#stopWatching();
    this.#asleep = false;
    for (const event of ['online', 'offline', 'visibilitychange']) page.removeEventListener(event, this.#tick);
    page.removeEventListener('freeze', this.#onFreeze, true);
    page.removeEventListener('resume', this.#onResume, true);
    page.removeEventListener('pageshow', this.#onPageShow);
  }

  readonly #onFreeze = (): void => {
    this.#asleep = true;
    this.#update();
  };

  readonly #onResume = (): void => this.#wake();

  readonly #onPageShow = (event: Event): void => {
    if ((event as PageTransitionEvent).persisted) this.#wake();
  };

  /** Also after wake-ups, and when the network comes or goes: an attempt that waits is made at once. */
  readonly #tick = (event?: Event): void => {
    const now = Date.now();
    const gap = now - this.#tickedAt;
    this.#tickedAt = now;
    if (gap >= SLEPT_MS || this.#asleep) return this.#wake();
    const { life, isIdle } = this.#options;
    // Sooner, the SDK mends it by itself.
    const missing = life.device && this.#isMissing() && now - this.#missingSince >= REPLACE_MS;
    if (missing && navigator.onLine && isIdle()) this.#replace();
    this.#update();
    if (event && navigator.onLine) void this.#make();
  };

  /** Nobody knows what became of the connection meanwhile, whatever the device says. */
  #wake(): void {
    this.#asleep = true;
    this.#update();
    this.#asleep = false;
    this.#tickedAt = Date.now();
    if (this.#options.isIdle()) this.#replace();
    this.#update();
  }

  #replace(): void {
    this.#missingSince = Date.now();
    this.#options.life.drop();
    void this.#make();
  }

  #onDevice(): void {
    const now = Date.now();
    if (!this.#isMissing()) {
      this.#missingSince = 0;
      this.#registeredAt ||= now;
    } else {
      this.#missingSince ||= now;
      if (this.#registeredAt && now - this.#registeredAt >= STEADY_MS) this.#failures = 0;
      this.#registeredAt = 0;
    }
    this.#update();
    if (!this.#options.life.device && !this.#making) this.#makeLater();
  }

  #isMissing(): boolean {
    return this.#options.life.device?.state !== 'registered';
  }

  async #make(): Promise<void> {
    const { life } = this.#options;
    clearTimeout(this.#again);
    if (!this.#wanted || life.device || this.#making || !navigator.onLine) return;
    this.#making = true;
    try {
      await life.ready();
    } catch {
      // `life` says why.
    } finally {
      this.#making = false;
    }
    if (this.#wanted && !life.device) this.#makeLater();
  }

  #makeLater(): void {
    const pause = Math.min(AGAIN_MS, 1000 * 2 ** this.#failures);
    this.#failures += 1;
    clearTimeout(this.#again);
    // Many agents may have lost the same service at the same time.
    this.#again = setTimeout(() => void this.#make(), pause * (0.5 + Math.random() / 2));
  }

  #update(): void {
    const { life, report } = this.#options;
    const reach = reachOf({
      wanted: this.#wanted,
      online: navigator.onLine,
      asleep: this.#asleep,
      registered: !this.#isMissing(),
      tokenProblem: life.tokenProblem?.code ?? null,
      missingMs: this.#missingSince && Date.now() - this.#missingSince,
      microphone: this.#microphone,
    });
    const problem = reach === 'no-microphone' ? (this.#microphone ?? undefined) : undefined;
    if (reach === this.#told[0] && problem === this.#told[1]) return;
    this.#told = [reach, problem];
    report(reach, problem);
  }
}
