import { html, nothing, type TemplateResult } from 'lit';
import type { CheckStep, LineCheck, LineCheckState } from '../../core/line-check.ts';
import { problemOf } from '../../core/problem-error.ts';
import { isLive, type ProblemCode } from '../../core/state.ts';
import { CLOSE, DONE, TROUBLE } from '../icons.ts';
import { figure } from './figures.ts';
import { RUNNING, SKIPPED, WAITING } from './icons.ts';
import { microphoneHelp, microphoneHelpStyles } from './microphone-help.ts';
import { failed } from './pane.ts';
import type { Panel, PanelController, PanelHost } from './panel.ts';
import { check as ownStyles } from './styles/check.ts';
import { pane } from './styles/pane.ts';
import { SupportCopy, supportCopyStyles } from './support-copy.ts';
import { supportReport, surroundings } from './support-report.ts';

const SIGNS: Readonly<Record<CheckStep['status'], TemplateResult>> = {
  waiting: WAITING,
  running: RUNNING,
  good: DONE,
  weak: TROUBLE,
  failed: CLOSE,
  skipped: SKIPPED,
};

class CheckPanel implements PanelController {
  readonly #host: PanelHost;
  #check: LineCheck | null = null;
  #unsubscribe: () => void = () => {};
  #starting = false;
  #problem: ProblemCode | null = null;
  #copy: SupportCopy;
  #closed = false;

  constructor(host: PanelHost) {
    this.#host = host;
    this.#copy = new SupportCopy(host);
  }

  close(): void {
    this.#closed = true;
    this.#end();
  }

  #end(): void {
    this.#unsubscribe();
    this.#check?.close();
    this.#check = null;
  }

  readonly #start = async (): Promise<void> => {
    if (this.#starting || isLive(this.#host.state)) return;
    this.#end();
    this.#starting = true;
    this.#problem = null;
    this.#copy = new SupportCopy(this.#host);
    this.#host.requestUpdate();
    try {
      const check = await this.#host.dialer.checkLine();
      this.#check = check;
      this.#unsubscribe = check.subscribe(() => this.#host.requestUpdate());
      if (this.#closed) this.#end();
    } catch (error) {
      this.#problem = problemOf(error).code;
    }
    this.#starting = false;
    this.#host.requestUpdate();
  };

  #report(state: LineCheckState): string {
    return supportReport(state, surroundings());
  }

  #step({ id, status, detail }: CheckStep): TemplateResult {
    const { t } = this.#host;
    // Of the carrier's edge, also which one it is: what is far away sounds late.
    const told = detail && (id === 'signalling' || status === 'failed' || status === 'weak');
    return html`<li class="pane-step pane-${status}">
      ${SIGNS[status]}
      <span class="pane-text"
        ><span>${t.check.steps[id]}</span>${told ? html`<small dir="ltr">${detail}</small>` : nothing}</span
      >
      <small>${t.check.statuses[status]}</small>
    </li>`;
  }

  /** The step that decides, and the verdict in words. */
  #verdict({ verdict, steps }: LineCheckState): { words: string; cause: CheckStep | undefined } {
    const { t, problems } = this.#host;
    if (verdict === 'running') return { words: t.check.running, cause: undefined };
    const cause = steps.find(({ status }) => status === 'failed') ?? steps.find(({ status }) => status === 'weak');
    if (verdict === 'good' || !cause) return { words: t.check.good, cause: undefined };
    const { title } = (cause.problem ? problems[cause.problem] : t.check.weak[cause.id]) ?? {
      title: t.check.steps[cause.id],
    };
    return { words: t.check[verdict === 'weak' ? 'usable' : 'unusable'](title), cause };
  }

  #remedy({ id, problem }: CheckStep): TemplateResult {
    const { t, problems } = this.#host;
    if (!problem) return html`<p>${t.check.weak[id]?.advice ?? t.check.weakOtherwise}</p>`;
    const steps = microphoneHelp(problem, t);
    return html`${steps === nothing ? html`<p>${problems[problem].advice}</p>` : steps}`;
  }

  #figures({ measured }: LineCheckState): TemplateResult | typeof nothing {
    const { t } = this.#host;
    if (!measured) return nothing;
    const roundTrip = t.check.roundTrip(figure(this.#host, Math.round(measured.roundTripMs)));
    const loss = figure(this.#host, measured.lossShare, { style: 'percent', maximumFractionDigits: 1 });
    return html`<small class="pane-quiet">${roundTrip} · ${t.check.loss(loss)}</small>`;
  }

  #run(state: LineCheckState): TemplateResult {
    const { words, cause } = this.#verdict(state);
    const tone = { running: '', good: 'pane-good', weak: 'pane-weak', bad: 'pane-failed' }[state.verdict];
    return html`<div class="pane-verdict ${tone}">
        <p role="status"><b>${words}</b></p>
        ${cause ? this.#remedy(cause) : nothing}${this.#figures(state)}
      </div>
      <ul>
        ${state.steps.map((step) => this.#step(step))}
      </ul>
      ${state.verdict === 'running' ? nothing : this.#after(state)}`;
  }

  #after(state: LineCheckState): TemplateResult {
    const { t } = this.#host;
    return html`${this.#copy.result(t)}
      <div class="pane-pair">
        ${this.#copy.button(t, () => this.#report(state), 'pane-button')} ${this.#button(t.check.again, '')}
      </div>`;
  }

  #button(label: string, kind: string): TemplateResult {
    const off = this.#starting || isLive(this.#host.state);
    return html`<button class="pane-button ${kind}" aria-disabled=${off} @click=${this.#start}>${label}</button>`;
  }

  render(): TemplateResult {
    const { t, state } = this.#host;
    const check = this.#check?.getState();
    const before = html`<p>${t.check.why}</p>
      ${isLive(state) ? html`<p class="pane-quiet">${t.check.inCall}</p>` : nothing}
      ${this.#button(this.#starting ? t.check.running : t.check.start, 'pane-main')}`;
    return html`<div class="pane">
      ${check ? this.#run(check) : this.#problem ? failed(this.#host, this.#problem, () => void this.#start()) : before}
    </div>`;
  }
}

/** “Is my line good?”: one button, and a verdict in words. */
export const check: Panel = {
  title: (t) => t.titles.check,
  create: (host) => new CheckPanel(host),
  styles: [pane, microphoneHelpStyles, supportCopyStyles, ownStyles],
};
