import type { ReactiveControllerHost } from 'lit';
import type { DialerState } from '../core/state.ts';
import { caretAfter, dialString, spaced } from './dial-string.ts';

export interface DeskHost extends ReactiveControllerHost {
  readonly state: DialerState;
  dial(to: string): void;
  sendDigits(digits: string): void;
}

function spaces(text: string): string {
  return spaced(dialString(text));
}

/** What lies before the agent besides the call: the number being written, the keypad and the tones sent by it. */
export class Desk {
  /** The number field, spaced for the eye. */
  draft = '';
  /** Keypad tones sent in this call. */
  sent = '';
  /** The keypad is shown during a call. */
  keypad = false;
  readonly #host: DeskHost;

  constructor(host: DeskHost) {
    this.#host = host;
  }

  write(number: string): void {
    this.draft = spaces(number);
    this.#host.requestUpdate();
  }

  clear(): void {
    this.keypad = false;
    this.draft = this.sent = '';
  }

  /** A key of the keypad: a tone in a call, a digit of the number before it. */
  readonly press = (key: string): void => {
    const { phase } = this.#host.state;
    if (phase === 'idle') this.write(this.draft + key);
    if (phase !== 'open') return;
    this.sent += key;
    this.#host.sendDigits(key);
    this.#host.requestUpdate();
  };

  readonly erase = (): void => this.write(this.draft.trimEnd().slice(0, -1));

  readonly toggleKeypad = (): void => {
    this.keypad = !this.keypad;
    this.#host.requestUpdate();
  };

  readonly dialDraft = (): void => {
    if (this.draft) this.#host.dial(dialString(this.draft));
  };

  /** Writing in the field: respaced at once, the caret kept after the same digit. */
  readonly type = ({ target }: InputEvent): void => {
    if (!(target instanceof HTMLInputElement)) return;
    const before = dialString(target.value.slice(0, target.selectionStart ?? undefined)).length;
    this.write(target.value);
    target.value = this.draft;
    const caret = caretAfter(this.draft, before);
    target.setSelectionRange(caret, caret);
  };

  readonly paste = (event: ClipboardEvent): void => {
    const text = event.clipboardData?.getData('text') ?? '';
    if (this.#host.state.phase !== 'idle' || event.composedPath()[0] instanceof HTMLInputElement) return;
    event.preventDefault();
    this.write(text);
  };

  /** Wherever the focus is in the element: digits are keys, Enter calls, Escape puts the keypad away. Nothing hangs up. */
  readonly keydown = (event: KeyboardEvent): void => {
    const { key } = event;
    const target = event.composedPath()[0];
    if (key === 'Enter' && event.repeat) event.preventDefault();
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const inField = target instanceof HTMLInputElement;
    if (key === 'Escape' && this.keypad) this.toggleKeypad();
    else if (key === 'Enter' && !event.repeat && !(target instanceof HTMLButtonElement)) this.#enter();
    else if (key === 'Backspace' && !inField && this.#host.state.phase === 'idle') this.erase();
    else if (/^[+*#\d٠-٩۰-۹]$/.test(key) && !inField) this.press(dialString(key));
  };

  #enter(): void {
    if (this.#host.state.phase === 'idle') this.dialDraft();
  }
}
