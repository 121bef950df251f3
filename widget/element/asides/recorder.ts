import { html, nothing, type TemplateResult } from 'lit';
import type { PanelMessages } from '../../locales/panels-messages.ts';
import type { CallFace } from '../views/face.ts';
import type { RecordingPause } from './recording-pause.ts';

type Words = PanelMessages['asides']['recording'];

/** The carrier says that it records or, two bars in place of the dot, that it was paused; `row`: in little room. */
export function recordingMark({ t, call }: CallFace, words: Words | undefined, row = false): unknown {
  if (call.recording) return html`<span part="recording" class="recording"><i></i>${t.recording}</span>`;
  if (!call.recordingPaused || !words) return nothing;
  return html`<span part="recording" class="recording paused" title=${words.paused}
    ><i></i>${row ? words.pausedShort : words.paused}</span
  >`;
}

function pauseButton({ call }: CallFace, words: Words, { wanted, toggle }: RecordingPause): TemplateResult {
  const [label, name] = call.recordingPaused ? [words.resume, words.resumeName] : [words.pause, words.pauseName];
  const busy = wanted !== undefined;
  const going = wanted ? words.pausing : words.resuming;
  // Not disabled: the focus stays where it is.
  return html`<button
    part="pause-recording-button"
    class="slim"
    aria-label=${busy ? going : name}
    aria-disabled=${busy}
    @click=${toggle}
  >
    ${busy ? going : label}
  </button>`;
}

/** The mark and, while both talk, what pauses the recording or has it go on. */
export function recorder(face: CallFace, words: Words | undefined, pause: RecordingPause): unknown {
  const mark = recordingMark(face, words);
  const { phase } = face.state;
  const talking = phase === 'open' || phase === 'reconnecting';
  if (mark === nothing || !talking || !words) return mark;
  return html`<div class="recorder">${mark}${pauseButton(face, words, pause)}</div>`;
}
