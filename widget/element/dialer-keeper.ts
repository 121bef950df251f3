import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { CreateDialer, Dialer, DialerSettings } from '../core/dialer.ts';
import { IDLE, isLive, refused, type DialerState, type ProblemCode } from '../core/state.ts';

/** How long an element may be out of the document before its phone is given back. */
const GRACE_MS = 2000;

export interface DialerOwner extends ReactiveControllerHost {
  readonly isConnected: boolean;
  /** What to make the phone with; null while the page has not said enough. */
  readonly settings: DialerSettings | null;
  /** What the settings are made of: another value means another phone, as when another agent signs in. */
  readonly settingsKey: readonly unknown[];
  stateChanged(previous: DialerState): void;
}

/**
 * Keeps one Dialer for an element: made when the page has said enough, replaced between calls when the page says
 * something else, kept while the element is moved, given back when it is gone and no call is in progress.
 */
export class DialerKeeper implements ReactiveController {
  state: DialerState = IDLE;
  readonly #owner: DialerOwner;
  readonly #createDialer: CreateDialer;
  #dialer: Dialer | undefined;
  #key: readonly unknown[] = [];
  #unsubscribe: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(owner: DialerOwner, createDialer: CreateDialer) {
    this.#owner = owner;
    this.#createDialer = createDialer;
    owner.addController(this);
  }

  /** A call is in progress. */
  get live(): boolean {
    return isLive(this.state);
  }

  /** The phone there is now. */
  get dialer(): Dialer | undefined {
    return this.#dialer;
  }

  /** The phone, made now if it can be; undefined while the page has not said enough. */
  ensureDialer(): Dialer | undefined {
    const { settings, settingsKey } = this.#owner;
    if (!this.live && settingsKey.some((value, index) => value !== this.#key[index])) {
      this.#release();
      this.#key = settingsKey;
      if (settings) this.#make(settings);
    }
    return this.#dialer;
  }

  hostConnected(): void {
    clearTimeout(this.#timer);
    // Lit draws nothing anew for an element that is put back: what was taken down outside of the page is set up again.
    this.#owner.requestUpdate();
  }

  hostUpdate(): void {
    // The verdict on the last call stays until it is dismissed.
    if (this.#owner.isConnected && this.state.phase === 'idle') this.ensureDialer();
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#releaseUnused(), GRACE_MS);
  }

  /** Says why there is no phone to do what was asked. */
  refuse(code: ProblemCode): void {
    this.#change(refused(code));
  }

  #make(settings: DialerSettings): void {
    this.#dialer = this.#createDialer(settings);
    this.#unsubscribe = this.#dialer.subscribe((state) => {
      this.#change(state);
      if (!this.#owner.isConnected) this.hostDisconnected();
    });
    this.#change(this.#dialer.getState());
  }

  #change(state: DialerState): void {
    const previous = this.state;
    if (state === previous) return;
    this.state = state;
    this.#owner.stateChanged(previous);
  }

  #releaseUnused(): void {
    if (this.#owner.isConnected || this.live) return;
    this.#release();
    this.#change(IDLE);
  }

  #release(): void {
    this.#unsubscribe?.();
    this.#dialer?.close();
    this.#dialer = this.#unsubscribe = undefined;
    this.#key = [];
  }
}
