import { isLive } from '../core/state.ts';
import type { CallPartHost } from './call-part.ts';

/** `cut`: a page of this origin was left with a call · `told`: its agent has read what helps, or found it. */
const KEY = 'almasar-dialer:left-in-call';

function kept(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function keep(value: 'cut' | 'told'): void {
  try {
    localStorage.setItem(KEY, value);
  } catch {
    // Said again on the next page.
  }
}

/** Once a page was left with a call, its agent is told of the phone window, until that was read. */
export class WindowHint {
  /** The browser did not open the window. */
  refused = false;
  readonly #host: CallPartHost;
  #value = kept();

  constructor(host: CallPartHost) {
    this.#host = host;
    addEventListener('pagehide', this.#onLeave);
  }

  get wanted(): boolean {
    return this.#value === 'cut' && !this.#host.settings?.phoneWindow;
  }

  readonly dismiss = (): void => {
    this.#value = 'told';
    keep('told');
    this.#host.requestUpdate();
  };

  /** In a click. */
  async open(openWindow: () => Promise<boolean>): Promise<void> {
    const opened = await openWindow().catch(() => false);
    this.refused = !opened;
    if (opened) this.dismiss();
    else this.#host.requestUpdate();
  }

  /** One that only rings goes on ringing for others. */
  readonly #onLeave = (): void => {
    const { state, isConnected } = this.#host;
    const here = isLive(state) && state.phase !== 'incoming' && state.place === 'here';
    if (here && isConnected && kept() === null) keep('cut');
  };
}
