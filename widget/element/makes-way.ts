import type { LitElement, ReactiveController } from 'lit';

export interface DockedHost extends LitElement {
  readonly inline: boolean;
  collapsed: boolean;
}

/** Of what is in the phone itself, the phone. */
function focusedElement(phone: Element): Element | null {
  let focused = document.activeElement;
  while (focused !== phone && focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  return focused;
}

/**
 * The open phone becomes a pill when the focus goes to what lies under it: whoever works by keyboard sees where they are
 * (WCAG 2.2, 2.4.11). The page's own scrolling is left alone, which another's script has no business with.
 */
export class MakesWay implements ReactiveController {
  readonly #host: DockedHost;

  constructor(host: DockedHost) {
    this.#host = host;
  }

  hostConnected(): void {
    document.addEventListener('focusin', this.#look);
  }

  hostDisconnected(): void {
    document.removeEventListener('focusin', this.#look);
  }

  /** After the browser has scrolled to it. */
  readonly #look = (): void => {
    requestAnimationFrame(() => {
      const host = this.#host;
      const focused = focusedElement(host);
      // By then, the page may have taken the phone out.
      if (!host.isConnected || host.collapsed || host.inline || !focused || host.contains(focused)) return;
      const { left, top, width, height } = focused.getBoundingClientRect();
      const root = host.getRootNode() as Document | ShadowRoot;
      if (root.elementFromPoint(left + width / 2, top + height / 2) === host) host.collapsed = true;
    });
  };
}
