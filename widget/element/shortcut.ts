import type { ReactiveController } from 'lit';
import type { CallPartHost } from './call-part.ts';

/** A chord of the keyboard. */
export interface Shortcut {
  /** As it is shown, and as `aria-keyshortcuts` has it: `Alt+Shift+P`. */
  readonly text: string;
  /** The key by its place, which is the same in every layout. W3C: UI Events KeyboardEvent code Values. */
  readonly code: string;
  readonly modifiers: ReadonlySet<string>;
}

const MODIFIERS: Readonly<Record<string, string>> = {
  alt: 'Alt',
  option: 'Alt',
  control: 'Control',
  ctrl: 'Control',
  meta: 'Meta',
  cmd: 'Meta',
  shift: 'Shift',
};

/**
 * What a page wrote, or null where it is none: modifiers in any order and a letter, a digit or F1 to F24. A letter alone
 * would be pressed by accident (WCAG 2.1.4), so that only F keys need no Control, Alt or Meta.
 */
export function parseShortcut(written: string | undefined): Shortcut | null {
  const parts = (written ?? '').split('+').map((part) => part.trim());
  const key = parts.pop()!.toUpperCase();
  const named = parts.map((part) => MODIFIERS[part.toLowerCase()]);
  const isFunction = /^F([1-9]|1\d|2[0-4])$/.test(key);
  if (!isFunction && !/^[A-Z\d]$/.test(key)) return null;
  if (named.includes(undefined) || (!isFunction && !named.some((name) => name && name !== 'Shift'))) return null;
  const modifiers = new Set(named.filter((name) => name !== undefined));
  const code = isFunction ? key : `${/\d/.test(key) ? 'Digit' : 'Key'}${key}`;
  return { text: [...[...modifiers].sort(), key].join('+'), code, modifiers };
}

function isPressed({ code, modifiers }: Shortcut, event: KeyboardEvent): boolean {
  const down = ['Alt', 'Control', 'Meta', 'Shift'].filter((name) => event.getModifierState(name));
  return event.code === code && down.length === modifiers.size && down.every((name) => modifiers.has(name));
}

/** Where the focus is something that is written in, and the chord is how a character of it is typed. */
function typesInto(target: EventTarget | undefined, event: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (!target.isContentEditable && !target.matches('input, textarea, select')) return false;
  if (event.key !== 'Dead' && event.key.length > 1) return false;
  if (event.getModifierState('AltGraph')) return true;
  // Option types characters of its own there; elsewhere Alt types none.
  const optionTypes = /Mac|iP/.test(navigator.platform);
  return !event.ctrlKey && !event.metaKey && (!event.altKey || optionTypes);
}

/** What is wanted of the phone most, first: whoever calls, then what is being written or said. Nothing that hangs up. */
const PRESSING = [
  'answer-button',
  'field',
  'back-button',
  'mute-button',
  'call-button',
  'close-button',
  'expand-button',
  'launcher',
  'panel',
];

function focusPhone({ shadowRoot }: CallPartHost): void {
  for (const name of PRESSING) {
    const found = shadowRoot?.querySelector<HTMLElement>(`[part~="${name}"]:not([disabled])`);
    if (!found?.checkVisibility()) continue;
    found.focus();
    return;
  }
}

/** Leads from anywhere in the page into the phone, by the chord that the page has set. */
export class PhoneShortcut implements ReactiveController {
  readonly #host: CallPartHost;

  constructor(host: CallPartHost) {
    this.#host = host;
    host.addController(this);
    // A controller that comes to an element of the page has missed it.
    if (host.isConnected) this.hostConnected();
  }

  /** As it is shown; empty where the page has set none. */
  get text(): string {
    return parseShortcut(this.#host.shortcut)?.text ?? '';
  }

  hostConnected(): void {
    this.#host.ownerDocument.addEventListener('keydown', this.#keydown);
  }

  hostDisconnected(): void {
    this.#host.ownerDocument.removeEventListener('keydown', this.#keydown);
  }

  readonly #keydown = (event: KeyboardEvent): void => {
    const shortcut = parseShortcut(this.#host.shortcut);
    if (!shortcut || event.defaultPrevented || event.repeat || event.isComposing) return;
    if (!isPressed(shortcut, event) || typesInto(event.composedPath()[0], event)) return;
    event.preventDefault();
    focusPhone(this.#host);
  };
}
