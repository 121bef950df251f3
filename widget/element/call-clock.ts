import type { ReactiveController, ReactiveControllerHost } from 'lit';

export interface ClockHost extends ReactiveControllerHost {
  readonly isConnected: boolean;
}

/** Redraws its host at every full second since `since()`, and not at all while that is null. */
export class CallClock implements ReactiveController {
  readonly #host: ClockHost;
  readonly #since: () => number | null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ClockHost, since: () => number | null) {
    this.#host = host;
    this.#since = since;
  }

  hostUpdated(): void {
    clearTimeout(this.#timer);
    const since = this.#since();
    if (since === null || !this.#host.isConnected) return;
    this.#timer = setTimeout(() => this.#host.requestUpdate(), 1000 - ((Date.now() - since) % 1000));
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }
}
