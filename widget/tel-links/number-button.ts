import type { NumberAt } from './number-marks.ts';

const SVG = 'http://www.w3.org/2000/svg';

/** A handset: 24 px square, one stroke. */
const HANDSET =
  'M7 4.2h1.6c.5 0 1 .4 1.1.9l.6 2.9c.1.4 0 .8-.3 1.1l-1.5 1.4a12.6 12.6 0 0 0 5 5l1.4-1.5c.3-.3.7-.4 1.1-.3l2.9.6c.5.1.9.6.9 1.1V17a2.8 2.8 0 0 1-2.8 2.8A12.8 12.8 0 0 1 4.2 7 2.8 2.8 0 0 1 7 4.2z';

const SIZE = 32;
const GAP = 6;

/** Time for the pointer to come over from the number. */
const LEAVING_MS = 400;

/** What a page says about its own elements must not reach the host: hence `!important`, which wins from inside. */
const STYLE = `
  :host {
    display: block !important; position: fixed !important; margin: 0 !important; padding: 0 !important;
    border: 0 !important; background: none !important; overflow: visible !important; direction: ltr !important;
    writing-mode: horizontal-tb !important; inset-block: 0 auto !important; inset-inline: 0 auto !important;
    inline-size: ${SIZE}px !important; block-size: ${SIZE}px !important; z-index: var(--almasar-z-index, 9999);
    translate: var(--x) var(--y) !important;
  }
  :host([hidden]) { display: none !important }
  button {
    all: unset; box-sizing: border-box; position: relative; display: grid; place-items: center; cursor: pointer;
    inline-size: 100%; block-size: 100%; border-radius: 50%; color: light-dark(#fff, #062b29);
    background: var(--almasar-accent, light-dark(#0b5f5b, #63c9c0)); box-shadow: 0 2px 8px rgb(0 0 0 / 25%);
  }
  button::before { content: ''; position: absolute; inset: -6px }
  svg {
    inline-size: 20px; block-size: 20px; fill: none; stroke: currentcolor; stroke-width: 1.75;
    stroke-linecap: round; stroke-linejoin: round;
  }
  @media (forced-colors: active) { button { border: 1px solid ButtonText } }
`;

function icon(): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  const path = document.createElementNS(SVG, 'path');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  path.setAttribute('d', HANDSET);
  svg.append(path);
  return svg;
}

/** The language of the button, and its label: “Call 010…”. */
export interface ButtonWords {
  readonly lang: string;
  callNumber(number: string): string;
}

/** A button beside the number that is pointed at or selected. It is in the page only from the first such number on, and never in the tab order. */
export class NumberButton {
  readonly #host = document.createElement('div');
  readonly #button = document.createElement('button');
  readonly #words: () => ButtonWords | undefined;
  #shown: NumberAt | undefined;
  #leaving: ReturnType<typeof setTimeout> | undefined;

  constructor(words: () => ButtonWords | undefined, onCall: (number: NumberAt) => void) {
    this.#words = words;
    this.#host.setAttribute('data-almasar-ignore', '');
    this.#host.hidden = true;
    const root = this.#host.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    this.#button.type = 'button';
    this.#button.tabIndex = -1;
    this.#button.append(icon());
    root.append(this.#button);
    // The selection stays when the button is pressed.
    this.#button.addEventListener('pointerdown', (event) => event.preventDefault());
    this.#button.addEventListener('mousedown', (event) => event.preventDefault());
    this.#button.addEventListener('click', (event) => {
      event.stopPropagation();
      const shown = this.#shown;
      this.hide();
      if (shown) onCall(shown);
    });
    this.#host.addEventListener('pointerenter', () => clearTimeout(this.#leaving));
    this.#host.addEventListener('pointerleave', () => this.leave());
  }

  /** The number it would call now. */
  get shown(): NumberAt | undefined {
    return this.#shown;
  }

  show(number: NumberAt): void {
    clearTimeout(this.#leaving);
    this.#shown = number;
    const { left, right, top, height } = number.rect;
    const after = right + GAP;
    const x = after + SIZE < innerWidth ? after : Math.max(GAP, left - GAP - SIZE);
    const y = Math.min(Math.max(top + (height - SIZE) / 2, GAP), innerHeight - SIZE - GAP);
    this.#host.style.setProperty('--x', `${Math.round(x)}px`);
    this.#host.style.setProperty('--y', `${Math.round(y)}px`);
    this.#name(number.to);
    if (!this.#host.isConnected) document.body.append(this.#host);
    this.#host.hidden = false;
  }

  /** Asked for each time: the page may have changed its language. */
  #name(number: string): void {
    const isolated = `\u2066${number}\u2069`;
    const words = this.#words();
    const label = words?.callNumber(isolated) ?? isolated;
    this.#button.setAttribute('aria-label', label);
    this.#button.title = label;
    if (words) this.#button.lang = words.lang;
  }

  /** Hides it in a moment, unless the pointer comes to it. */
  leave(): void {
    clearTimeout(this.#leaving);
    this.#leaving = setTimeout(() => this.hide(), LEAVING_MS);
  }

  hide(): void {
    clearTimeout(this.#leaving);
    this.#shown = undefined;
    this.#host.hidden = true;
  }

  close(): void {
    this.hide();
    this.#host.remove();
  }
}
