import type { CallPartHost } from '../call-part.ts';

/** How loud the agent is: a bar on the button that mutes moves with their voice. Only where the sound of the call is. */
export class AgentLevel {
  readonly #host: CallPartHost;
  #watch: Promise<() => void> | undefined;

  constructor(host: CallPartHost) {
    this.#host = host;
  }

  /** To be called before every update. */
  follow(): void {
    const { dialer, state } = this.#host;
    const { phase, call, place } = state;
    if (!dialer || phase !== 'open' || place !== 'here' || call?.muted) this.rest();
    else if (!this.#watch) {
      this.#watch = dialer.watchLevel(this.#show);
      // Without its script the call goes on without.
      this.#watch.catch(() => {});
    }
  }

  /** Nobody speaks here, or the element is out of the page. */
  rest(): void {
    const watch = this.#watch;
    if (!watch) return;
    this.#watch = undefined;
    watch.then((stop) => stop()).catch(() => {});
    this.#button?.style.removeProperty('--level');
  }

  /** Past the drawing of the element: it would be drawn anew twenty times a second. */
  readonly #show = (level: number): void => {
    if (this.#watch) this.#button?.style.setProperty('--level', level.toFixed(2));
  };

  get #button(): HTMLElement | null | undefined {
    return this.#host.shadowRoot?.querySelector<HTMLElement>('[part=mute-button]');
  }
}
