import type { CSSResult, ReactiveControllerHost, TemplateResult } from 'lit';
import type { Dialer, DialOptions } from '../../core/dialer.ts';
import type { DialerState } from '../../core/state.ts';
import type { Messages } from '../../locales/messages.ts';
import type { PanelMessages } from '../../locales/panels-messages.ts';

/** What opens inside the dialer's surface, over its face. */
export type PanelName = 'recents' | 'call-backs' | 'audio' | 'check' | 'more' | 'wrap-up' | 'microphone';

/** The element, as a panel sees it. It asks for an update whenever `state` changes. */
export interface PanelHost extends ReactiveControllerHost {
  readonly dialer: Dialer;
  readonly state: DialerState;
  /** Digits of times and counts; telephone numbers are always ASCII. */
  readonly numerals: 'latn' | 'arab';
  /** BCP 47. */
  readonly lang: string;
  readonly t: PanelMessages;
  /** The keys that lead into the phone, as they are shown; empty where the page has set none. */
  readonly shortcut: string;
  readonly problems: Messages['problems'];
  dial(to: string, options?: DialOptions): void;
  open(name: PanelName): void;
  close(): void;
  /** In a click. False when the browser does not show it. */
  openPhoneWindow(): Promise<boolean>;
}

/** A panel that is open. It asks its host for an update when it has something new to show. */
export interface PanelController {
  render(): TemplateResult;
  /** Gives everything back that it holds: a microphone under test, listeners, timers. */
  close(): void;
}

/** A kind of panel. Its title is drawn by the element, with the way back. */
export interface Panel {
  title(t: PanelMessages): string;
  create(host: PanelHost): PanelController;
  /** For the shadow root in which it is drawn. All its classes begin with `pane`. */
  styles: readonly CSSResult[];
}
