import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Audio, AudioDevice, AudioRole, AudioState } from '../../core/audio.ts';
import { figure } from './figures.ts';
import { keepKeys } from './pane.ts';
import type { PanelHost } from './panel.ts';

/** Devices that the browser already names: until it does, there is nothing to choose by. */
export function areNamed(devices: readonly AudioDevice[]): boolean {
  return devices.some(({ label }) => label !== '');
}

/** A list of devices to choose one from. Shows what is in use, not what was asked for. */
export function deviceSelect(host: PanelHost, audio: Audio, role: AudioRole, state: AudioState): TemplateResult {
  const { t } = host;
  const devices = role === 'microphone' ? state.microphones : state.speakers;
  const chosen = state.chosen[role];
  const gone = chosen !== '' && !devices.some(({ id }) => id === chosen);
  const labelOf = ({ id, label }: AudioDevice, at: number) =>
    label || (id === 'default' ? t.audio.systemDefault : t.audio.device(at + 1, figure(host, at + 1)));
  const choose = ({ target }: Event) => {
    if (!(target instanceof HTMLSelectElement)) return;
    audio.choose(role, target.value);
    host.requestUpdate();
  };
  return html`<select class="pane-select" aria-label=${t.audio[role]} @change=${choose} @keydown=${keepKeys}>
    ${gone ? html`<option value=${chosen} disabled .selected=${live(true)}>${t.audio.notConnected}</option>` : nothing}
    ${devices.map(
      (device, at) =>
        html`<option value=${device.id} .selected=${live(device.id === chosen)}>${labelOf(device, at)}</option>`,
    )}
  </select>`;
}
