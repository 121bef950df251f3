import type { Messages } from '../../locales/messages.ts';
import type { Desk } from '../desk.ts';
import type { Call, DialerState } from '../../core/state.ts';

/** What a view draws from, and what its buttons ask for. Views hold nothing and decide nothing. */
export interface Face {
  readonly t: Messages;
  readonly state: DialerState;
  readonly desk: Desk;
  /** What the page has not said yet. */
  readonly missing: 'service' | 'auth' | null;
  readonly redial: () => void;
  /** Back to the number field with the number that was dialled. */
  readonly edit: () => void;
  readonly hangUp: () => void;
  readonly mute: () => void;
  readonly toggleCollapsed: () => void;
  readonly dismiss: () => void;
  readonly prepare: () => void;
}

/** A face with a call to show. */
export interface CallFace extends Face {
  readonly call: Call;
}
