import { html, LitElement, nothing, svg } from 'lit';
import type { Recording } from '../../service/contract.ts';
import type { Words } from './words.ts';

/** The recording of one call: being prepared, then a player. The signed link is asked for when it is needed, not before. */
export class CallRecording extends LitElement {
  static override properties = {
    recording: { attribute: false },
    words: { attribute: false },
    requestLink: { attribute: false },
    phase: { state: true },
    link: { state: true },
  };

  declare recording: Recording;
  declare words: Words;
  declare requestLink: () => Promise<string>;
  declare private phase: 'closed' | 'opening' | 'open' | 'failed';
  declare private link: string;

  constructor() {
    super();
    this.phase = 'closed';
    this.link = '';
  }

  /** The page's own style sheet dresses it. */
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  private async play(): Promise<void> {
    this.phase = 'opening';
    try {
      this.link = await this.requestLink();
    } catch {
      this.phase = 'failed';
      return;
    }
    this.phase = 'open';
    await this.updateComplete;
    this.querySelector('audio')?.focus();
  }

  /** A link lives shortly: one that expired while the player stood open is replaced, and playing goes on from there. */
  private async renewLink(event: Event): Promise<void> {
    const audio = event.target as HTMLAudioElement;
    const position = audio.currentTime;
    if (position === 0) {
      this.phase = 'failed';
      return;
    }
    try {
      this.link = await this.requestLink();
    } catch {
      this.phase = 'failed';
      return;
    }
    await this.updateComplete;
    audio.currentTime = position;
  }

  private async download(): Promise<void> {
    try {
      const anchor = document.createElement('a');
      anchor.href = `${await this.requestLink()}&download`;
      anchor.click();
    } catch {
      this.phase = 'failed';
    }
  }

  private button(icon: 'play' | 'download', label: string, action: () => Promise<void>) {
    return html`<button
      type="button"
      class="tool ${icon}"
      title=${label}
      ?disabled=${this.phase === 'opening'}
      @click=${action}
    >
      <svg class="icon" aria-hidden="true">${svg`<use href="#icon-${icon}"></use>`}</svg>
      <span class=${icon === 'download' ? 'visually-hidden' : ''}>${label}</span>
    </button>`;
  }

  override render() {
    const { words, phase } = this;
    if (this.recording.status === 'processing') {
      return html`<span class="preparing">${words.recordingProcessing}</span>`;
    }
    if (this.recording.status === 'absent') return html`<span class="quiet">${words.recordingAbsent}</span>`;
    return html`
      ${
        phase === 'open'
          ? html`<audio
              controls
              autoplay
              dir="ltr"
              src=${this.link}
              @error=${(event: Event) => this.renewLink(event)}
            ></audio>`
          : this.button('play', words.play, () => this.play())
      }
      ${this.button('download', words.download, () => this.download())}
      ${phase === 'failed' ? html`<span class="problem" role="alert">${words.recordingFailed}</span>` : nothing}
    `;
  }
}

customElements.define('call-recording', CallRecording);
