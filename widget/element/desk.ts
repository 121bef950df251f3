import type { ReactiveControllerHost } from 'lit';
import type { DialOptions } from '../core/dialer.ts';
import type { DialerState, Phase } from '../core/state.ts';
import { caretAfter, dialString, spaced } from './dial-string.ts';
import type { PanelName } from './panels/panel.ts';

/** A call that was asked for while another was in progress. */
export interface RefusedCall extends DialOptions {
  readonly to: string;
}

export interface DeskHost extends ReactiveControllerHost {
  readonly state: DialerState;
  dial(to: string): void;
  sendDigits(digits: string): void;
  answer(): void;
  decline(): void;
  silence(): void;
  mute(on: boolean): void;
}

function spaces(text: string): string {
  return spaced(dialString(text));
}

/** Something that is written in or chosen from takes its own keys. */
function takesKeys(target: EventTarget | undefined): boolean {
  return target instanceof Element && target.matches('input, textarea, select, [contenteditable]');
}

/** What lies before the agent besides the call: the number being written, the keypad, the tones sent by it, a panel. */
export class Desk {
  /** The number field, spaced for the eye. */
  draft = '';
  /** Keypad tones sent in this call. */
  sent = '';
  /** The keypad is shown during a call. */
  keypad = false;
  /** The panel that is open in place of the phone's own face. */
  panel: PanelName | null = null;
  /** What was asked for last during a call, and not called. */
  refused: RefusedCall | undefined;
  readonly #host: DeskHost;

  constructor(host: DeskHost) {
    this.#host = host;
  }

  /** Not called, since there is a call: the agent reads that, and is offered the number afterwards. */
  refuse(call: RefusedCall): false {
    this.refused = call;
    this.#host.requestUpdate();
    return false;
  }

  write(number: string): void {
    this.draft = spaces(number);
    this.#host.requestUpdate();
  }

  /** A call begins or ends: what belongs to the one before is put away. Of a phone elsewhere not every phase is heard. */
  turn(before: Phase, phase: Phase): void {
    if (!/idle>|ended>[^i]|>(incoming|dialing|ended)/.test(`${before}>${phase}`)) return;
    this.keypad = false;
    this.panel = null;
    this.draft = this.sent = '';
  }

  readonly openPanel = (panel: PanelName | null): void => {
    this.panel = panel;
    this.#host.requestUpdate();
  };

  readonly closePanel = (): void => this.openPanel(null);

  readonly toggleMenu = (): void => this.openPanel(this.panel ? null : 'more');

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
    if (this.#host.state.phase !== 'idle' || this.panel || takesKeys(event.composedPath()[0])) return;
    event.preventDefault();
    this.write(text);
  };

  /**
   * Wherever the focus is in the element: digits are keys, Enter calls, Escape puts panel or keypad away, letters are
   * the call's own keys by their place on the keyboard, so in Arabic too. None of them hangs up.
   */
  readonly keydown = (event: KeyboardEvent): void => {
    const { key } = event;
    const target = event.composedPath()[0];
    if (key === 'Enter' && event.repeat) event.preventDefault();
    if (event.defaultPrevented && key !== 'Enter') return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (key === 'Escape') this.#escape(event);
    else if (!takesKeys(target)) this.#key(event, target);
    else if (key === 'Enter' && !this.panel && !event.repeat) this.#enter();
  };

  #escape(event: Event): void {
    if (this.panel) this.closePanel();
    else if (this.keypad) this.toggleKeypad();
    else return;
    event.stopPropagation();
  }

  #key({ key, code, repeat }: KeyboardEvent, target: EventTarget | undefined): void {
    const { phase, call } = this.#host.state;
    if (phase === 'incoming' && code === 'KeyA') this.#host.answer();
    else if (phase === 'incoming' && code === 'KeyD') this.#host.decline();
    else if (phase === 'incoming' && code === 'KeyS') this.#host.silence();
    else if (code === 'KeyM' && call && !repeat) this.#host.mute(!call.muted);
    else if (this.panel) return;
    else if (key === 'Enter' && !repeat && !(target instanceof HTMLButtonElement)) this.#enter();
    else if (key === 'Backspace' && phase === 'idle') this.erase();
    else if (/^[+*#\d٠-٩۰-۹]$/.test(key)) this.press(dialString(key));
  }

  #enter(): void {
    if (this.#host.state.phase === 'idle') this.dialDraft();
  }
}
