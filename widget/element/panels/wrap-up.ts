import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Disposition, KeptWrapUp, WrapUp } from '../../core/dialer.ts';
import type { Call, ProblemCode } from '../../core/state.ts';
import { MOST_NOTE_CHARACTERS } from '../../joined-note.ts';
import { shownNumber } from '../shown-number.ts';
import { callBackChoice, callBackProblem, saidElsewhere } from './call-back-choice.ts';
import { Fetched } from './fetched.ts';
import { figure } from './figures.ts';
import { keepKeys, keepPaste, waiting } from './pane.ts';
import type { Panel, PanelController, PanelHost } from './panel.ts';
import { pane } from './styles/pane.ts';
import { wrapUp as ownStyles } from './styles/wrap-up.ts';
import {
  changesOf,
  draftOf,
  elsewhere,
  EMPTY_DRAFT,
  fitsBeside,
  keepDraft,
  sentOf,
  settled,
  shownOf,
  takenBack,
  written,
  type Draft,
} from './wrap-up-drafts.ts';

/** Said from here on. */
const FEW_LEFT = 200;

class WrapUpPanel implements PanelController {
  readonly #host: PanelHost;
  readonly #dispositions: Fetched<readonly Disposition[]>;
  /** The call that is written about: it stays while the agent writes, whoever calls meanwhile. */
  #call: Call | null = null;
  #draft: Draft = EMPTY_DRAFT;
  /** What is kept of it, whoever wrote it; null while that is not known. */
  #kept: KeptWrapUp | null = null;
  /** The last watch on what is kept is the one that counts. */
  #watches = 0;
  #unwatch: (() => void) | undefined;
  /** Calls whose wrap-up is on its way. */
  readonly #saving = new Set<string>();

  constructor(host: PanelHost) {
    this.#host = host;
    this.#dispositions = new Fetched(host, () => host.dialer.dispositions());
    this.#refresh();
  }

  close(): void {
    this.#watches += 1;
    this.#unwatch?.();
    this.#dispositions.close();
  }

  readonly #refresh = (): void => void this.#dispositions.refresh();

  /** Nothing is lost if another call takes its place. */
  get #settled(): boolean {
    if (this.#call && this.#saving.has(this.#call.callId)) return false;
    return this.#draft.result !== 'refused' && Object.keys(changesOf(this.#draft, this.#kept)).length === 0;
  }

  #follow(): void {
    const { call } = this.#host.state;
    if (!call) return;
    if (call.callId === this.#call?.callId) this.#call = call;
    else if (this.#settled) this.#turnTo(call);
  }

  #turnTo(call: Call): void {
    this.#call = call;
    this.#draft = draftOf(call.callId);
    this.#kept = null;
    void this.#watch(call.callId);
    this.#host.requestUpdate();
  }

  async #watch(callId: string): Promise<void> {
    const watch = (this.#watches += 1);
    this.#unwatch?.();
    this.#unwatch = undefined;
    try {
      const unwatch = await this.#host.dialer.watchWrapUp(callId, (kept, refused) => {
        if (refused) this.#takeBack(callId, refused);
        if (watch !== this.#watches) return;
        this.#kept = kept;
        this.#host.requestUpdate();
      });
      if (watch === this.#watches) this.#unwatch = unwatch;
      else unwatch();
    } catch {
      // What is written is saved all the same.
    }
  }

  #takeBack(callId: string, refused: WrapUp): void {
    const here = this.#call?.callId === callId;
    const draft = takenBack(here ? this.#draft : draftOf(callId), refused);
    keepDraft(callId, draft);
    if (here) this.#draft = draft;
  }

  #write(change: Partial<Draft>): void {
    if (!this.#call) return;
    this.#draft = written(this.#draft, change, this.#kept);
    keepDraft(this.#call.callId, this.#draft);
    this.#host.requestUpdate();
  }

  readonly #save = async (): Promise<void> => {
    const callId = this.#call?.callId;
    if (!callId || this.#saving.has(callId) || !this.#savable) return;
    this.#saving.add(callId);
    this.#host.requestUpdate();
    const wrapUp = changesOf(this.#draft, this.#kept);
    const sent = sentOf(wrapUp, this.#draft);
    const result = await this.#host.dialer.saveWrapUp(callId, sent).catch(() => 'refused' as const);
    this.#saving.delete(callId);
    const here = this.#call?.callId === callId;
    const now = settled(here ? this.#draft : draftOf(callId), wrapUp, result);
    keepDraft(callId, now);
    if (here) {
      this.#draft = now;
      if (result !== 'refused') this.#kept = { ...shownOf(EMPTY_DRAFT, this.#kept), ...wrapUp } as KeptWrapUp;
    }
    this.#host.requestUpdate();
  };

  get #savable(): boolean {
    return !callBackProblem(this.#draft) && Object.keys(changesOf(this.#draft, this.#kept)).length > 0;
  }

  readonly #keydown = (event: KeyboardEvent): void => {
    keepKeys(event);
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.repeat || event.isComposing) return;
    event.preventDefault();
    void this.#save();
  };

  readonly #type = ({ target }: InputEvent): void => {
    if (target instanceof HTMLTextAreaElement) this.#write({ note: target.value });
  };

  #chips(dispositions: readonly Disposition[]): TemplateResult {
    if (!dispositions.length) return html``;
    const { t } = this.#host;
    const shown = shownOf(this.#draft, this.#kept).disposition;
    const other = elsewhere(this.#draft, this.#kept, 'disposition');
    return html`<div class="pane-group" role="group" aria-labelledby="pane-disposition">
      <h3 id="pane-disposition">${t.wrapUp.disposition}</h3>
      <div class="pane-chips">
        ${dispositions.map(({ id, label }) => {
          const chosen = shown === id;
          const click = () => this.#write({ disposition: chosen ? null : id });
          return html`<button class="pane-button pane-chip" aria-pressed=${chosen} @click=${click}>
            ${label[t.lang]}
          </button>`;
        })}
      </div>
      ${other === null ? nothing : saidElsewhere(this.#host, dispositions.find(({ id }) => id === other)?.label[t.lang] ?? other)}
    </div>`;
  }

  /** The note can be written all the same. */
  #noChips(code: ProblemCode): TemplateResult {
    const { t, problems } = this.#host;
    return html`<div class="pane-slim">
      <p role="alert">${problems[code].title}</p>
      <button class="pane-button" @click=${this.#refresh}>${t.retry}</button>
    </div>`;
  }

  #note(): TemplateResult {
    const { t } = this.#host;
    const { note } = shownOf(this.#draft, this.#kept);
    const other = elsewhere(this.#draft, this.#kept, 'note');
    const left = MOST_NOTE_CHARACTERS - note.length;
    return html`<label class="pane-group">
      <h3>${t.wrapUp.note}</h3>
      <textarea
        class="pane-note"
        dir="auto"
        rows="2"
        maxlength=${MOST_NOTE_CHARACTERS}
        placeholder=${t.wrapUp.noteHint}
        .value=${live(note)}
        @input=${this.#type}
        @keydown=${this.#keydown}
        @paste=${keepPaste}
      ></textarea>
      ${left <= FEW_LEFT ? html`<small class="pane-quiet">${t.wrapUp.left(left, figure(this.#host, left))}</small>` : nothing}
      ${other === null ? nothing : saidElsewhere(this.#host, other, fitsBeside(this.#draft, other) ? 'bothKept' : 'bothTooLong')}
    </label>`;
  }

  #foot(callId: string): TemplateResult {
    const { t } = this.#host;
    const { result } = this.#draft;
    const saving = this.#saving.has(callId);
    const words = saving ? t.wrapUp.saving : result ? t.wrapUp[result] : this.#savable ? t.wrapUp.unsaved : '';
    const tone =
      !saving && result ? { saved: 'pane-green', kept: 'pane-amber', refused: 'pane-amber' }[result] : 'pane-quiet';
    return html`<div class="pane-foot">
      <p class="pane-result ${tone}" role="status">${words}</p>
      <button
        class="pane-button pane-main"
        aria-disabled=${saving || !this.#savable}
        aria-keyshortcuts="Control+Enter"
        @click=${this.#save}
      >
        ${t.wrapUp.save}
      </button>
    </div>`;
  }

  render(): TemplateResult {
    this.#follow();
    const { t, state } = this.#host;
    const call = this.#call;
    if (!call) return html`<div class="pane"><p class="pane-empty">${t.wrapUp.noCall}</p></div>`;
    const current = state.call;
    const elsewhere = current && current.callId !== call.callId ? current : null;
    const who = `\u2068${call.name ?? (call.number ? `\u200e${shownNumber(call.number)}` : t.recents.hidden)}\u2069`;
    return html`<div class="pane pane-wrap-up">
      ${
        // After the call the face says it, right above.
        state.phase === 'ended' && !elsewhere ? nothing : html`<p class="pane-cut"><b>${t.wrapUp.about(who)}</b></p>`
      }
      ${
        elsewhere
          ? html`<button class="pane-button" @click=${() => this.#turnTo(elsewhere)}>${t.wrapUp.otherCall}</button>`
          : nothing
      }
      ${this.#dispositions.render({
        loading: () => waiting(this.#host),
        failed: (code) => this.#noChips(code),
        ready: (dispositions) => this.#chips(dispositions),
      })}
      ${this.#note()}
      ${callBackChoice(this.#host, this.#draft, this.#kept, (change) => this.#write(change))}${this.#foot(call.callId)}
    </div>`;
  }
}

/** What the agent writes of a call, during it and after. */
export const wrapUp: Panel = {
  title: (t) => t.titles['wrap-up'],
  create: (host) => new WrapUpPanel(host),
  styles: [pane, ownStyles],
};
