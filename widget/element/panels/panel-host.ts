import type { Dialer } from '../../core/dialer.ts';
import type { PanelMessages } from '../../locales/panels-messages.ts';
import type { CallPartHost } from '../call-part.ts';
import type { Desk } from '../desk.ts';
import type { PageLanguage } from '../page-language.ts';
import { parseShortcut } from '../shortcut.ts';
import type { Panel, PanelHost } from './panel.ts';

export interface PanelHostParts {
  readonly host: CallPartHost;
  readonly desk: Desk;
  readonly language: PageLanguage;
  readonly t: PanelMessages;
  /** The element's phone when the panel was opened. */
  readonly dialer: Dialer;
}

/** Each belongs to one element. */
const dialers = new WeakMap<Dialer, Dialer>();

/** The element's phone for a panel: what a panel saves of a call, the element tells the page. */
function dialerOf(host: CallPartHost, dialer: Dialer): Dialer {
  const saveWrapUp: Dialer['saveWrapUp'] = (...args) => host.saveWrapUp(...args);
  return new Proxy(dialer, {
    get(target, key) {
      if (key === 'saveWrapUp') return saveWrapUp;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** Puts the styles of a panel on the element, each once. */
export function wear({ styles }: Panel, { shadowRoot }: CallPartHost): void {
  if (!shadowRoot) return;
  const sheets = styles.flatMap(({ styleSheet }) => styleSheet ?? []);
  shadowRoot.adoptedStyleSheets = [...new Set([...shadowRoot.adoptedStyleSheets, ...sheets])];
}

/** What a panel has of the element that it is drawn in. */
export function panelHost({ host, desk, language, t, dialer: first }: PanelHostParts): PanelHost {
  return {
    t,
    lang: t.lang,
    get dialer() {
      const dialer = host.dialer ?? first;
      const told = dialers.get(dialer) ?? dialerOf(host, dialer);
      dialers.set(dialer, told);
      return told;
    },
    get state() {
      return host.state;
    },
    get shortcut() {
      return parseShortcut(host.shortcut)?.text ?? '';
    },
    get numerals() {
      return host.numerals;
    },
    get problems() {
      return language.words!.problems;
    },
    get updateComplete() {
      return host.updateComplete;
    },
    addController: (controller) => host.addController(controller),
    removeController: (controller) => host.removeController(controller),
    requestUpdate: () => host.requestUpdate(),
    dial: (to, options) => host.dial(to, options),
    open: (name) => desk.openPanel(name),
    close: () => {
      if (desk.panel) desk.closePanel();
      else host.dialer?.dismiss();
    },
    openPhoneWindow: async () => (await host.dialer?.openPhoneWindow(language.language).catch(() => false)) ?? false,
  };
}
