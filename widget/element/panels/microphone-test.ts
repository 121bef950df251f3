import { html, type TemplateResult } from 'lit';
import type { Audio, AudioState } from '../../core/audio.ts';
import type { PanelHost } from './panel.ts';

/** Louder than the noise of a quiet room; in the measure of `AudioState.level`. */
const HEARD_LEVEL = 0.08;

/** Who has said nothing for so long, in milliseconds, is not heard. */
const SILENCE_MS = 5000;

const BARS = 24;

/** The microphone under test: a level that moves, and the same in words for those who do not see it. */
export class MicrophoneTest {
  readonly #host: PanelHost;
  readonly #audio: Audio;
  #since: number | null = null;
  #heard = false;

  constructor(host: PanelHost, audio: Audio) {
    this.#host = host;
    this.#audio = audio;
  }

  /** At every change of the devices. What was heard once in a test stays heard: words are not a meter. */
  follow({ testing, level }: AudioState): void {
    if (!testing) {
      this.#since = null;
      this.#heard = false;
      return;
    }
    this.#since ??= Date.now();
    this.#heard ||= level > HEARD_LEVEL;
  }

  /** Another microphone is on trial: what was heard of the one before counts no more. */
  restart(): void {
    this.#since = null;
    this.#heard = false;
  }

  get #words(): { text: string; tone: string } {
    const { audio } = this.#host.t;
    if (this.#since === null) return { text: '', tone: '' };
    if (this.#heard) return { text: audio.heard, tone: 'pane-green' };
    const silent = Date.now() - this.#since > SILENCE_MS;
    return silent ? { text: audio.notHeard, tone: 'pane-amber' } : { text: audio.speak, tone: 'pane-quiet' };
  }

  render({ testing, level }: AudioState): TemplateResult {
    const { audio } = this.#host.t;
    const lit = testing ? Math.round(Math.min(1, level) * BARS) : 0;
    const { text, tone } = this.#words;
    return html`<div
        class="pane-meter"
        role="meter"
        aria-label=${audio.level}
        aria-valuemin="0"
        aria-valuemax="100"
        aria-valuenow=${Math.round((lit / BARS) * 100)}
        ?hidden=${!testing}
      >
        ${Array.from({ length: BARS }, (_, at) => html`<i class=${at < lit ? 'pane-lit' : ''}></i>`)}
      </div>
      <p class="pane-hint ${tone}" role="status" ?hidden=${!text}>${text}</p>
      <button class="pane-button" @click=${() => this.#audio.testMicrophone(!this.#audio.getState().testing)}>
        ${testing ? audio.stopTest : audio.test}
      </button>`;
  }
}
