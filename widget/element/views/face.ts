import type { Dialer, DialOptions } from '../../core/dialer.ts';
import type { Call, DialerState } from '../../core/state.ts';
import type { FirstMessages, Messages, TalkWords } from '../../locales/messages.ts';
import type { Asides } from '../asides/asides.ts';
import type { ContactDetail } from '../contact-look-up.ts';
import type { Desk } from '../desk.ts';
import type { Numerals } from '../numerals.ts';

/** What a view draws from, and what its buttons ask for. Views hold nothing and decide nothing. */
export interface Face<T extends FirstMessages = FirstMessages> {
  readonly t: T;
  readonly state: DialerState;
  readonly desk: Desk;
  /** The phone; undefined while the page has not said enough. */
  readonly dialer: Dialer | undefined;
  /** What the page has not said yet. */
  readonly missing: 'service' | 'auth' | null;
  /** Customers' calls are to ring here. */
  readonly receiving: boolean;
  readonly numerals: Numerals;
  readonly dial: (to: string, options: DialOptions) => void;
  readonly hangUp: () => void;
  readonly answer: (call: Call) => void;
  readonly decline: (call: Call) => void;
  readonly toggleCollapsed: () => void;
  readonly dismiss: () => void;
  readonly prepare: () => void;
}

/** A face with a call under way. */
export interface TalkFace extends Face<TalkWords> {
  readonly call: Call;
  readonly contactOf: (call: Call) => ContactDetail | undefined;
}

/** A face with all the words, once they are there. */
export interface FullFace extends Face<Messages> {
  /** What is said aside; undefined until its script is there. */
  readonly asides: Asides | undefined;
  readonly contactOf: (call: Call) => ContactDetail | undefined;
}

/** A face with a call to show. */
export interface CallFace extends FullFace {
  readonly call: Call;
}
