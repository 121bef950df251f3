import { html, nothing, type TemplateResult } from 'lit';
import type { CallRecord, Recording } from '../../../service/contract.ts';
import { BUSY_CIRCLE, DOWNLOAD, PAUSE, PLAY } from '../icons.ts';
import { RATES, SIDES } from '../playback.ts';
import type { LogFace } from './log-face.ts';

function sides(face: LogFace, recording: Recording): TemplateResult | typeof nothing {
  const { t, playback } = face;
  if (recording.channels !== 2) return nothing;
  return html`<fieldset part="sides" class="sides">
    <legend class="heard">${t.recording.whom}</legend>
    ${SIDES.map(
      (side) =>
        html`<label
          ><input
            type="radio"
            name="side-${recording.recordingSid}"
            value=${side}
            .checked=${playback.side === side}
            @change=${() => playback.setSide(side)}
          /><span>${t.recording.sides[side]}</span></label
        >`,
    )}
  </fieldset>`;
}

function speed({ t, times, playback }: LogFace): TemplateResult {
  return html`<label class="speed">
    <span class="heard">${t.recording.speed}</span>
    <select
      part="speed"
      title=${t.recording.speed}
      @change=${({ target }: Event) => target instanceof HTMLSelectElement && playback.setRate(Number(target.value))}
    >
      ${RATES.map((rate) => html`<option value=${rate} ?selected=${rate === playback.rate}>${times.factor(rate)}</option>`)}
    </select>
  </label>`;
}

/** The player of one recording; there is sound in one player at a time. */
export function player(face: LogFace, call: CallRecord, recording: Recording): TemplateResult {
  const { t, times, playback } = face;
  const { recordingSid, status, encrypted, errorCode } = recording;
  if (status === 'processing') return html`<p class="muted preparing">${BUSY_CIRCLE}${t.recording.processing}</p>`;
  if (status === 'deleted' && face.oversight) return face.oversight.deletedNote(face, call, recording);
  if (status === 'deleted') return html`<p class="muted">${t.recording.deleted}</p>`;
  if (status === 'absent') {
    return html`<p class="muted">${t.recording.absent}${errorCode === undefined ? nothing : ` (${errorCode})`}</p>`;
  }
  if (encrypted) {
    return html`<p class="muted">${t.recording.encrypted}</p>
      ${face.oversight?.deletion(face, call, recording)}`;
  }
  const mine = playback.recordingSid === recordingSid;
  const loading = mine && playback.phase === 'loading';
  const playing = mine && playback.playing;
  const duration = (mine && playback.duration) || recording.durationSeconds || 0;
  const position = mine ? playback.position : 0;
  const written = [times.duration(position), times.duration(duration)] as const;
  const press = () => (playing ? playback.pause() : face.play(call, recordingSid));
  return html`<div part="player" class="player" role="group" aria-label=${t.recording.title}>
    <div class="track" dir="ltr">
      <button
        type="button"
        part="play-button"
        class="round"
        aria-label=${playing ? t.recording.pause : t.recording.play}
        aria-busy=${loading}
        @click=${press}
      >
        ${loading ? BUSY_CIRCLE : playing ? PAUSE : PLAY}
      </button>
      <input
        part="seek"
        type="range"
        min="0"
        step="0.1"
        max=${Math.max(duration, 0.1)}
        .value=${String(position)}
        ?disabled=${!mine || playback.phase !== 'ready'}
        aria-label=${t.recording.seek}
        aria-valuetext=${t.recording.position(...written)}
        @input=${({ target }: Event) => target instanceof HTMLInputElement && playback.seek(target.valueAsNumber)}
      />
      <span class="times" aria-hidden="true">${written[0]} <span class="muted">/ ${written[1]}</span></span>
    </div>
    <div class="controls">
      ${sides(face, recording)} ${speed(face)}
      <button
        type="button"
        part="download-button"
        class="icon"
        title=${t.recording.download}
        aria-label=${t.recording.download}
        @click=${() => face.download(call, recordingSid)}
      >
        ${DOWNLOAD}
      </button>
      ${face.oversight?.deletion(face, call, recording)}
    </div>
    ${mine && playback.phase === 'failed' ? html`<p class="trouble" role="alert">${t.recording.failed}</p>` : nothing}
    ${
      face.downloadFailed === recordingSid
        ? html`<p class="trouble" role="alert">${t.recording.downloadFailed}</p>`
        : nothing
    }
  </div>`;
}
