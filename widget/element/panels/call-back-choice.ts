import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { callDay, callTime } from './call-day.ts';
import { fieldText, quickTime, timeProblem, type CallBackBy, type CallBackProblem } from './call-back-time.ts';
import { localeOf } from './figures.ts';
import { keepKeys, keepPaste } from './pane.ts';
import type { KeptWrapUp } from '../../core/dialer.ts';
import type { PanelHost } from './panel.ts';
import { elsewhere, type Draft } from './wrap-up-drafts.ts';

/** Taken back, if it was kept. */
const NONE: Partial<Draft> = { callBackBy: undefined, callBackText: '', callBackAt: null };

const CHOICES = ['soon', 'hour', 'tomorrow', 'own'] as const satisfies readonly CallBackBy[];

/** As it is kept. */
const KEPT = 'kept';
const AS_KEPT: Partial<Draft> = { callBackBy: undefined, callBackText: '', callBackAt: undefined };

/** What keeps the draft from being saved. */
export function callBackProblem({ callBackBy, callBackText = '' }: Draft): CallBackProblem | null {
  return callBackBy === 'own' ? timeProblem(callBackText, new Date()) : null;
}

/** An own time that is none yet is not to be called at. */
function own(text: string): Partial<Draft> {
  const at = new Date(text);
  const none = Number.isNaN(at.getTime());
  return { callBackBy: 'own', callBackText: text, callBackAt: none ? null : at.toISOString() };
}

function chosen(by: string): Partial<Draft> {
  if (by === '') return NONE;
  return by === KEPT ? AS_KEPT : chosenTime(by as CallBackBy);
}

function chosenTime(by: CallBackBy): Partial<Draft> {
  const at = quickTime(by, new Date());
  return by === 'own' ? own(fieldText(at)) : { callBackBy: by, callBackText: '', callBackAt: at.toISOString() };
}

/** What somebody else has kept meanwhile: saving takes its place or, of a note, keeps both. */
export function saidElsewhere(
  { t }: PanelHost,
  what: string,
  words: 'elsewhere' | 'bothKept' | 'bothTooLong' = 'elsewhere',
): TemplateResult {
  return html`<small class="pane-amber" role="status">${t.wrapUp[words](`\u2068${what}\u2069`)}</small>`;
}

function ownTime({ t }: PanelHost, draft: Draft, write: (change: Partial<Draft>) => void): TemplateResult {
  const { callBackText = '' } = draft;
  const problem = callBackProblem(draft);
  const type = ({ target }: Event) => target instanceof HTMLInputElement && write(own(target.value));
  return html`<input
      type="datetime-local"
      class="pane-select"
      aria-label=${t.wrapUp.callBack.ownTime}
      aria-invalid=${problem !== null}
      aria-describedby=${problem ? 'pane-call-back-problem' : nothing}
      .value=${
        // A field that is half filled in has no text, and keeps what it has.
        live(callBackText)
      }
      @change=${type}
      @keydown=${keepKeys}
      @paste=${keepPaste}
    />
    ${
      problem
        ? html`<small id="pane-call-back-problem" class="pane-amber" role="alert">
            ${t.wrapUp.callBack.problems[problem]}
          </small>`
        : nothing
    }`;
}

/** When to call the customer again, if at all. */
export function callBackChoice(
  host: PanelHost,
  draft: Draft,
  kept: KeptWrapUp | null,
  write: (change: Partial<Draft>) => void,
): TemplateResult {
  const { t } = host;
  const { callBackBy, callBackAt } = draft;
  const words = t.wrapUp.callBack;
  const locale = localeOf(host);
  const label = (by: CallBackBy) =>
    by === 'tomorrow' ? words.tomorrow(callTime(quickTime(by, new Date()).getTime(), locale)) : words[by];
  const choose = ({ target }: Event) => {
    if (target instanceof HTMLSelectElement) write(chosen(target.value));
  };
  const inWords = (at: number) => words.chosen(callDay(at, Date.now(), locale, t.recents), callTime(at, locale));
  const keptAt = kept?.callBackAt ?? null;
  const asKept = callBackAt === undefined && keptAt !== null;
  const other = elsewhere(draft, kept, 'callBackAt');
  const at = callBackAt && !callBackProblem(draft) ? Date.parse(callBackAt) : null;
  return html`<div class="pane-again">
    <h3 id="pane-call-back">${words.title}</h3>
    <select class="pane-select" aria-labelledby="pane-call-back" @change=${choose} @keydown=${keepKeys}>
      <option value="" .selected=${live(!callBackBy && !asKept)}>${words.none}</option>
      ${
        keptAt === null
          ? nothing
          : html`<option value=${KEPT} .selected=${live(asKept)}>${inWords(Date.parse(keptAt))}</option>`
      }
      ${CHOICES.map((by) => html`<option value=${by} .selected=${live(by === callBackBy)}>${label(by)}</option>`)}
    </select>
    ${callBackBy === 'own' ? ownTime(host, draft, write) : nothing}
    ${at === null ? nothing : html`<small class="pane-quiet" role="status">${inWords(at)}</small>`}
    ${other === null ? nothing : saidElsewhere(host, inWords(Date.parse(other)))}
  </div>`;
}
