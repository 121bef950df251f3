import { html, nothing, type TemplateResult } from 'lit';
import { shownNumber } from '../shown-number.ts';
import type { TalkFace } from './face.ts';
import { who, whoDir } from './who.ts';

/** A number, always left to right; the tooltip is what a copy should be. */
function number(e164: string): TemplateResult {
  return html`<bdi dir="ltr" title=${e164}>${shownNumber(e164)}</bdi>`;
}

/** Who is being spoken to in one line, cut off at its end whichever way it runs. */
export function customerLine({ t, call }: TalkFace): TemplateResult {
  return html`<p part="customer" class="who" dir=${whoDir(call)}>${who(t, call)}</p>`;
}

/** Who is being spoken to, what the page's look-up knows, and the page's own content about them. */
export function customer(face: TalkFace): TemplateResult {
  const { t, call } = face;
  const known = face.contactOf(call);
  const name = call.name ?? (call.number ? null : t.hiddenNumber);
  return html`<div part="customer" class="customer">
    <p class="name" dir="auto" title=${name ?? nothing}>${name ?? number(call.number)}</p>
    ${name && call.number ? html`<p class="number">${number(call.number)}</p>` : nothing}
    ${call.line ? html`<p part="line" class="muted">${t.line} ${number(call.line)}</p>` : nothing}
    ${known?.detail ? html`<p part="contact" class="muted"><bdi>${known.detail}</bdi></p>` : nothing}
    ${
      known?.url
        ? html`<a part="contact-link" href=${known.url} target="_blank" rel="noopener">${t.openRecord}</a>`
        : nothing
    }
    <slot name="customer"></slot>
  </div>`;
}
