import { fixture, html as testHtml } from '@open-wc/testing';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Dialer } from '../../../core/dialer.ts';
import { PROBLEM_CODES, type DialerState } from '../../../core/state.ts';
import { arCalls } from '../../../locales/calls-ar.ts';
import { enCalls } from '../../../locales/calls-en.ts';
import type { CallMessages } from '../../../locales/messages.ts';
import type { PanelMessages } from '../../../locales/panels-messages.ts';
import { tokens } from '../../styles/tokens.ts';
import type { Panel, PanelController, PanelHost, PanelName } from '../panel.ts';
import { panelWords, PANELS } from '../panels.ts';
import { ScriptedPanelDialer } from './scripted-ports.ts';

/** Words for every code, also for one that a language has still to learn. */
function problemsOf(messages: CallMessages): CallMessages['problems'] {
  const codes = PROBLEM_CODES.map((code) => [code, { title: code, advice: `${code}.` }]);
  return { ...Object.fromEntries(codes), ...messages.problems } as CallMessages['problems'];
}

/** The dialer's surface as far as a panel needs it: its size, its colours, a title. */
export class PanelStage extends LitElement implements PanelHost {
  static override styles = [
    tokens,
    css`
      section {
        display: flex;
        flex-direction: column;
        inline-size: 320px;
        block-size: 496px;
        overflow: hidden;
        border: 1px solid var(--line);
        border-radius: 16px;
        background: var(--surface);
      }
      header {
        padding: 12px 16px;
        font-weight: 600;
      }
    `,
  ];

  readonly asked: unknown[][] = [];
  scripted = new ScriptedPanelDialer();
  /** What the browser does with the phone window. */
  windowOpens = true;
  numerals: 'latn' | 'arab' = 'latn';
  shortcut = '';
  t!: PanelMessages;
  problems!: CallMessages['problems'];
  panel: Panel | null = null;
  controller: PanelController | null = null;

  get dialer(): Dialer {
    return this.scripted as unknown as Dialer;
  }

  get state(): DialerState {
    return this.scripted.getState();
  }

  dial(...args: unknown[]): void {
    this.asked.push(['dial', ...args]);
  }

  open(name: PanelName): void {
    this.asked.push(['open', name]);
  }

  close(): void {
    this.asked.push(['close']);
  }

  openPhoneWindow(): Promise<boolean> {
    this.asked.push(['openPhoneWindow']);
    return Promise.resolve(this.windowOpens);
  }

  async show(name: PanelName): Promise<void> {
    const panel = await PANELS[name]();
    for (const { styleSheet } of panel.styles) if (styleSheet) this.shadowRoot?.adoptedStyleSheets.push(styleSheet);
    this.panel = panel;
    this.controller?.close();
    this.controller = panel.create(this);
    this.scripted.subscribe(() => this.requestUpdate());
    await this.settled();
  }

  async settled(): Promise<void> {
    // What a promise brings asks for an update only after it has come.
    await new Promise((resolve) => setTimeout(resolve));
    this.requestUpdate();
    await this.updateComplete;
    for (const animation of this.shadowRoot?.getAnimations() ?? []) animation.cancel();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.controller?.close();
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.panel || !this.controller) return nothing;
    return html`<section dir=${this.t.lang === 'ar' ? 'rtl' : 'ltr'} lang=${this.t.lang}>
      <header>${this.panel.title(this.t)}</header>
      ${this.controller.render()}
    </section>`;
  }
}
customElements.define('panel-stage', PanelStage);

/** A panel in the page, in a language, on a dialer in a state. */
export async function staged(
  name: PanelName,
  lang: 'ar' | 'en' = 'en',
  state: Partial<DialerState> = {},
): Promise<PanelStage> {
  const stage = await fixture<PanelStage>(testHtml`<panel-stage lang=${lang}></panel-stage>`);
  stage.t = await panelWords(Object.assign(stage, { messages: undefined }), lang);
  stage.problems = problemsOf(lang === 'ar' ? arCalls : enCalls);
  stage.scripted = new ScriptedPanelDialer(state);
  await stage.show(name);
  return stage;
}

function root(stage: PanelStage): ShadowRoot {
  if (!stage.shadowRoot) throw new Error('The stage is not in the page.');
  return stage.shadowRoot;
}

/** The one element that matches. Throws when there is none. */
export function find(stage: PanelStage, selector: string): HTMLElement {
  const found = root(stage).querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`The panel has no ${selector}.`);
  return found;
}

/** The text area of the panel. */
export function textArea(stage: PanelStage): HTMLTextAreaElement {
  const found = find(stage, 'textarea');
  if (!(found instanceof HTMLTextAreaElement)) throw new Error('The panel has no text area.');
  return found;
}

export function all(stage: PanelStage, selector: string): readonly HTMLElement[] {
  return [...root(stage).querySelectorAll<HTMLElement>(selector)];
}

/** The button whose words begin like this. */
export function button(stage: PanelStage, words: string): HTMLButtonElement {
  const named = (element: HTMLElement) => (element.getAttribute('aria-label') ?? element.textContent ?? '').trim();
  const found = all(stage, 'button').find((element) => named(element).startsWith(words));
  if (!(found instanceof HTMLButtonElement)) throw new Error(`The panel has no button “${words}”.`);
  return found;
}

/** What a person reads, without what is only heard. */
export function textOf(stage: PanelStage): string {
  return find(stage, 'section').innerText.replace(/\s+/g, ' ').trim();
}
