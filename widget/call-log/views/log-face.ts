import type { CallRecord, SettingsAnswer } from '../../../service/contract.ts';
import type { CallLogMessages } from '../../locales/call-log-messages.ts';
import type { CallFilters } from '../call-filters.ts';
import type { CallTimes } from '../call-times.ts';
import type { CallsFile } from '../calls-file.ts';
import type { CallsShown } from '../calls-shown.ts';
import type { ContactNames } from '../contact-names.ts';
import type { DraftField, NoteDrafts } from '../note-drafts.ts';
import type { Oversight } from '../oversight/oversight.ts';
import type { Playback } from '../playback.ts';
import type { RowWindow } from '../row-window.ts';

/** All that the views of the log draw from, and what they may ask for. */
export interface LogFace {
  readonly t: CallLogMessages;
  readonly times: CallTimes;
  readonly now: Date;
  readonly shown: CallsShown;
  readonly settings: SettingsAnswer;
  readonly filters: CallFilters;
  readonly filtersOpen: boolean;
  readonly rows: RowWindow;
  readonly contacts: ContactNames;
  readonly drafts: NoteDrafts;
  readonly playback: Playback;
  readonly file: CallsFile;
  /** For supervisors and admins, once it is there. */
  readonly oversight: Oversight | undefined;
  /** The call whose details are open, and the one the focus is in. */
  readonly openId: string | null;
  readonly focusedId: string | null;
  /** SID of a recording that could not be downloaded. */
  readonly downloadFailed: string | null;
  /** The time of the open row's call-back was left half filled in: what stood there whole before; null: it was not. */
  readonly halfFilled: string | null;
  readonly toggleFilters: () => void;
  readonly search: (text: string, at: 'pause' | 'once') => void;
  readonly filter: (filters: Partial<CallFilters>) => void;
  readonly clearFilters: () => void;
  readonly toggle: (call: CallRecord) => void;
  readonly play: (call: CallRecord, recordingSid: string) => void;
  readonly download: (call: CallRecord, recordingSid: string) => void;
  readonly write: (call: CallRecord, field: DraftField, value: string) => void;
  readonly save: (call: CallRecord, field: DraftField) => void;
  readonly halfFill: (text: string | null) => void;
  readonly saveFile: () => void;
  readonly retry: () => void;
  readonly loadOlder: () => void;
  readonly focusMoved: (event: FocusEvent) => void;
  readonly keydown: (event: KeyboardEvent) => void;
}
