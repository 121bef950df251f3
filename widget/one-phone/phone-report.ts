import type { PhoneReport } from '../../service/contract.ts';
import { problemOf } from '../core/problem-error.ts';
import type { Reach } from '../core/reach.ts';
import type { DialerState } from '../core/state.ts';
import type { ServiceClient } from '../service-client.ts';

/** The service takes a phone for gone that it has not heard of for 45 s. */
const HEARTBEAT_MS = 15_000;
const GONE_MS = 45_000;
/** A heartbeat that is due but for this need not wait for its timer. */
const EARLY_MS = 1000;
/** After a report that did not arrive. */
const AGAIN_MS = 3000;
/** Several changes in one breath are one report. */
const CHANGE_MS = 60;

export interface PhoneReporterOptions {
  client: Pick<ServiceClient, 'reportPhone' | 'phoneGone'>;
  /** Names this phone. */
  holder: string;
  place: PhoneReport['place'];
  getState: () => DialerState;
  /** `reach` may be another one now. */
  onReach: () => void;
}

/**
 * The heartbeat of the phone: tells the service that customers' calls would really ring here (a frozen tab stays
 * registered with the carrier and answers nothing), and in the phone window what its remotes shall show.
 */
export class PhoneReporter {
  readonly #options: PhoneReporterOptions;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #last = '';
  #sentAt = 0;
  #closed = false;
  /** When the service last took a report in; null: never yet, or it was told that no customer is reached. */
  #heardAt: number | null = null;
  /** Why the last report was not taken in; null: it was. */
  #failure: 'service' | 'signed-out' | null = null;

  constructor(options: PhoneReporterOptions) {
    this.#options = options;
    this.#later(0);
  }

  /** Ready is who the service knows to be: it is the service that sends customers here. */
  reach(reach: Reach): Reach {
    if (reach !== 'ready') return reach;
    if (this.#heardAt !== null && Date.now() - this.#heardAt <= GONE_MS) return reach;
    return this.#failure ?? (this.#heardAt === null ? 'connecting' : 'service');
  }

  /** The phone's state has changed. */
  heed(): void {
    if (JSON.stringify(this.#report()) !== this.#last) this.answer();
  }

  /** A remote has asked for something, and takes the next report for the answer. */
  answer(): void {
    this.#later(CHANGE_MS);
  }

  /** The service has given a sign of life. A hidden page's timers run once a minute, which is too late for a heartbeat. */
  beat(): void {
    if (!this.#closed && Date.now() - this.#sentAt >= HEARTBEAT_MS - EARLY_MS) this.#send();
  }

  /** Says that the phone is gone, also while the page is being left. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#options.client.phoneGone(this.#options.holder).catch(() => {});
  }

  #report(): PhoneReport {
    const { holder, place, getState } = this.#options;
    const state = getState();
    return {
      holder,
      place,
      // During a call one more may wait.
      available: state.reach === 'ready' && state.waiting === null,
      state: place === 'window' ? { ...state } : null,
    };
  }

  #later(ms: number): void {
    if (this.#closed) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#send(), ms);
  }

  #send(): void {
    const report = this.#report();
    const { reach } = this.#options.getState();
    this.#last = JSON.stringify(report);
    this.#sentAt = Date.now();
    this.#later(HEARTBEAT_MS);
    void this.#options.client.reportPhone(report).then(
      () => this.#heard(report.available, reach),
      (error: unknown) => this.#notHeard(error),
    );
  }

  #heard(available: boolean, reach: Reach): void {
    if (this.#closed) return;
    const first = this.#heardAt === null || Date.now() - this.#heardAt > GONE_MS;
    this.#failure = null;
    if (reach !== 'ready') this.#heardAt = null;
    else if (available || !first) this.#heardAt = Date.now();
    if (available && first) this.#options.onReach();
  }

  #notHeard(error: unknown): void {
    if (this.#closed) return;
    this.#failure = problemOf(error).code === 'unauthenticated' ? 'signed-out' : 'service';
    this.#last = '';
    this.#later(AGAIN_MS);
    this.#options.onReach();
  }
}
