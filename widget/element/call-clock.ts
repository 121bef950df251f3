import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { DialerState } from '../core/state.ts';

export interface ClockHost extends ReactiveControllerHost {
  readonly isConnected: boolean;
  readonly state: DialerState;
}

/** The moment from which the time shown is counted; null in a phase whose time stands still. */
function countedFrom({ phase, call }: DialerState): number | null {
  if (!call) return null;
  if (phase === 'ringing') return call.ringingAt;
  return phase === 'open' || phase === 'reconnecting' ? call.openedAt : null;
}

/** Redraws its host at every full second that it shows, and not at all while its time stands still. */
export class CallClock implements ReactiveController {
  readonly #host: ClockHost;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ClockHost) {
    this.#host = host;
  }

  hostUpdated(): void {
    clearTimeout(this.#timer);
    const from = countedFrom(this.#host.state);
    if (from === null || !this.#host.isConnected) return;
    this.#timer = setTimeout(() => this.#host.requestUpdate(), 1000 - ((Date.now() - from) % 1000));
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }
}
