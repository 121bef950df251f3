import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Audio, AudioRole, AudioState } from '../../core/audio.ts';
import { MICROPHONE } from '../icons.ts';
import { areNamed, deviceSelect } from './device-select.ts';
import { Fetched } from './fetched.ts';
import { figure } from './figures.ts';
import { BELL, HEADSET, SPEAKER } from './icons.ts';
import { microphoneHelp, microphoneHelpStyles } from './microphone-help.ts';
import { MicrophoneTest } from './microphone-test.ts';
import { failed, keepKeys, trouble, waiting } from './pane.ts';
import type { Panel, PanelController, PanelHost } from './panel.ts';
import { audio as ownStyles } from './styles/audio.ts';
import { pane } from './styles/pane.ts';

class AudioPanel implements PanelController {
  readonly #host: PanelHost;
  readonly #audio: Fetched<Audio>;
  #test: MicrophoneTest | null = null;
  #unsubscribe: () => void = () => {};
  #microphone = '';
  #closed = false;

  constructor(host: PanelHost) {
    this.#host = host;
    this.#audio = new Fetched(host, () => this.#open());
    this.#refresh();
  }

  /** The devices stay the dialer's; only the test ends with the panel. */
  close(): void {
    this.#closed = true;
    this.#audio.close();
    this.#unsubscribe();
    const audio = this.#audio.value;
    const { testing, problem } = audio?.getState() ?? {};
    // Whoever looks here again has mended it meanwhile, or is told again.
    if (testing || problem) audio?.testMicrophone(false);
  }

  readonly #refresh = (): void => void this.#audio.refresh();

  async #open(): Promise<Audio> {
    const audio = await this.#host.dialer.audio();
    if (this.#closed) return audio;
    const test = new MicrophoneTest(this.#host, audio);
    this.#test = test;
    this.#microphone = audio.getState().chosen.microphone;
    this.#unsubscribe();
    this.#unsubscribe = audio.subscribe((state) => {
      if (state.chosen.microphone !== this.#microphone) test.restart();
      this.#microphone = state.chosen.microphone;
      test.follow(state);
      this.#host.requestUpdate();
    });
    test.follow(audio.getState());
    return audio;
  }

  #microphoneSection(audio: Audio, state: AudioState): TemplateResult {
    const { t } = this.#host;
    const { problem } = state;
    const named = areNamed(state.microphones);
    const help = problem ? trouble(this.#host, problem, microphoneHelp(problem, t)) : nothing;
    return html`<div class="pane-part" role="group" aria-label=${t.audio.microphone}>
      <h3>${MICROPHONE}${t.audio.microphone}</h3>
      <div role="alert">${help}</div>
      ${named ? deviceSelect(this.#host, audio, 'microphone', state) : nothing}
      ${
        named || state.testing
          ? this.#test?.render(state)
          : html`<button class="pane-button pane-main" @click=${() => audio.testMicrophone(true)}>
                ${problem ? t.retry : t.audio.allow}
              </button>
              ${problem ? nothing : html`<small class="pane-quiet">${t.audio.allowWhy}</small>`}`
      }
    </div>`;
  }

  /** A select with the button that plays a sound there; without a choice of loudspeakers, the button alone. */
  #output(audio: Audio, state: AudioState, role: Exclude<AudioRole, 'microphone'>): TemplateResult {
    const { t } = this.#host;
    const label = role === 'speaker' ? t.audio.play : t.audio.playRinger;
    const play = () => audio.playTest(role);
    return state.canChooseSpeaker && state.speakers.length
      ? html`<div class="pane-line">
          ${deviceSelect(this.#host, audio, role, state)}
          <button class="pane-button pane-square" aria-label=${label} title=${label} @click=${play}>${SPEAKER}</button>
        </div>`
      : html`<button class="pane-button" @click=${play}>${SPEAKER}${label}</button>`;
  }

  #volume(audio: Audio, { ringVolume }: AudioState): TemplateResult {
    const { t } = this.#host;
    const set = ({ target }: Event) => {
      if (target instanceof HTMLInputElement) audio.setRingVolume(target.valueAsNumber / 100);
      this.#host.requestUpdate();
    };
    const percent = figure(this.#host, ringVolume, { style: 'percent' });
    return html`<label class="pane-volume">
      <span>${t.audio.volume}</span><span>${percent}</span>
      <input
        type="range"
        min="0"
        max="100"
        step="5"
        aria-valuetext=${percent}
        .value=${live(String(Math.round(ringVolume * 100)))}
        @input=${set}
        @keydown=${keepKeys}
      />
    </label>`;
  }

  #notifications(audio: Audio, { notifications }: AudioState): TemplateResult {
    const { t } = this.#host;
    const why = {
      off: t.audio.notificationsWhy,
      on: t.audio.notificationsWhy,
      denied: t.audio.notificationsDenied,
      unsupported: t.audio.notificationsUnsupported,
    }[notifications];
    const off = notifications === 'unsupported' || notifications === 'denied';
    const on = notifications === 'on';
    return html`<button
      class="pane-row pane-switch"
      role="switch"
      aria-checked=${on}
      aria-disabled=${off}
      @click=${() => off || audio.setNotifications(!on)}
    >
      ${BELL}
      <span class="pane-text"><span>${t.audio.notifications}</span><small>${why}</small></span>
      <i></i>
    </button>`;
  }

  #headset(audio: Audio): TemplateResult | typeof nothing {
    if (!('hid' in navigator) || !audio.connectHeadset) return nothing;
    const { t } = this.#host;
    return html`<button class="pane-row" @click=${() => audio.connectHeadset?.()}>
      ${HEADSET}<span class="pane-text"><span>${t.audio.headset}</span><small>${t.audio.headsetWhy}</small></span>
    </button>`;
  }

  #devices(audio: Audio): TemplateResult {
    const { t } = this.#host;
    const state = audio.getState();
    return html`${this.#microphoneSection(audio, state)}
      <div class="pane-part" role="group" aria-label=${t.audio.speaker}>
        <h3>${SPEAKER}${t.audio.speaker}</h3>
        ${this.#output(audio, state, 'speaker')}
        ${state.canChooseSpeaker ? nothing : html`<small class="pane-quiet">${t.audio.noSpeakerChoice}</small>`}
      </div>
      <div class="pane-part" role="group" aria-label=${t.audio.ringer}>
        <h3>${BELL}${t.audio.ringer}</h3>
        ${this.#output(audio, state, 'ringer')}${this.#volume(audio, state)}
      </div>
      <div class="pane-extra">${this.#notifications(audio, state)}${this.#headset(audio)}</div>`;
  }

  render(): TemplateResult {
    return html`<div class="pane">
      ${this.#audio.render({
        loading: () => waiting(this.#host),
        failed: (code) => failed(this.#host, code, this.#refresh),
        ready: (audio) => this.#devices(audio),
      })}
    </div>`;
  }
}

/** Microphone, speaker, ringtone and notifications: chosen and tried out. */
export const audio: Panel = {
  title: (t) => t.titles.audio,
  create: (host) => new AudioPanel(host),
  styles: [pane, microphoneHelpStyles, ownStyles],
};
