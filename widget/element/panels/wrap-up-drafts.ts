import type { KeptWrapUp, WrapUp, WrapUpResult } from '../../core/dialer.ts';
import { joinedNote, MOST_NOTE_CHARACTERS } from '../../joined-note.ts';
import { fieldText, type CallBackBy } from './call-back-time.ts';

/** What is being written of a call beside what is kept of it, and what became of it when it was last saved. */
export interface Draft extends WrapUp {
  /** Null since it was changed. */
  readonly result: WrapUpResult | null;
  /** How the time to call again was chosen; absent when none was. */
  readonly callBackBy?: CallBackBy | undefined;
  /** The own time as it stands in its field. */
  readonly callBackText?: string;
  /** What was kept of what is written here when it was begun. */
  readonly over?: WrapUp;
}

export const EMPTY_DRAFT: Draft = Object.freeze({ result: null });

const BLANK: KeptWrapUp = Object.freeze({ note: '', disposition: null, callBackAt: null });

const FIELDS = ['note', 'disposition', 'callBackAt'] as const satisfies readonly (keyof KeptWrapUp)[];
type Field = (typeof FIELDS)[number];

function only(from: WrapUp, fields: readonly Field[]): WrapUp {
  return Object.fromEntries(fields.map((field) => [field, from[field]]));
}

function without<From extends WrapUp>(from: From, fields: readonly Field[]): From {
  return Object.fromEntries(Object.entries(from).filter(([field]) => !fields.includes(field as Field))) as From;
}

const isSame = (a: string | null | undefined, b: string | null | undefined) => (a ?? '').trim() === (b ?? '').trim();

/** What stands in the fields: what is written here, else what is kept. */
export function shownOf(draft: Draft, kept: KeptWrapUp | null): KeptWrapUp {
  const written = FIELDS.filter((field) => draft[field] !== undefined);
  return { ...BLANK, ...kept, ...only(draft, written) } as KeptWrapUp;
}

/** What is to be saved: nothing that stays as it is. */
export function changesOf(draft: Draft, kept: KeptWrapUp | null): WrapUp {
  const before = kept ?? BLANK;
  return only(
    draft,
    FIELDS.filter((field) => draft[field] !== undefined && !isSame(draft[field], before[field])),
  );
}

/** `changes` as they are sent: a note with the one over which it was begun, so that it takes the place of no other. */
export function sentOf(changes: WrapUp, { over }: Draft): WrapUp {
  return changes.note === undefined ? changes : { ...changes, noteBefore: over?.note ?? '' };
}

/** What somebody else has kept since this was begun, and what saving takes the place of, or joins; null when nothing. */
export function elsewhere(draft: Draft, kept: KeptWrapUp | null, field: Field): string | null {
  const now = kept?.[field];
  if (!now || draft[field] === undefined || isSame(now, draft[field])) return null;
  return isSame(now, draft.over?.[field]) ? null : now;
}

/** Whether there is room for this note beside what somebody else has written. */
export function fitsBeside({ note = '', over }: Draft, theirs: string): boolean {
  return joinedNote({ theirs, mine: note, before: over?.note ?? '' }).length <= MOST_NOTE_CHARACTERS;
}

/** The draft with what has been written in it just now. */
export function written(draft: Draft, change: Partial<Draft>, kept: KeptWrapUp | null): Draft {
  const begun = FIELDS.filter((field) => field in change && draft[field] === undefined);
  const now = kept ?? BLANK;
  const next: Draft = { ...draft, result: null, ...change, over: { ...draft.over, ...only(now, begun) } };
  // Changed back is not changed: whatever somebody else says of it later is not to be replaced.
  const back = (['note', 'disposition'] as const).filter((field) => next[field] === now[field]);
  return { ...without(next, back), over: without(next.over ?? {}, back) };
}

/** What was written over the refused one stands for both; what was written without it stands beside it. */
function noteOfBoth({ note, over }: Draft, refused: WrapUp): string | undefined {
  if (note === undefined || refused.note === undefined || isSame(over?.note, refused.note)) return note ?? refused.note;
  return joinedNote({ theirs: refused.note, mine: note, before: over?.note ?? '' });
}

/** The draft with what was kept and then refused, but for what has been written since. */
export function takenBack(draft: Draft, refused: WrapUp): Draft {
  const { callBackAt } = refused;
  const isChosen = callBackAt && draft.callBackAt === undefined;
  const choice = isChosen ? { callBackBy: 'own' as const, callBackText: fieldText(new Date(callBackAt)) } : {};
  const since = FIELDS.filter((field) => draft[field] !== undefined);
  const { noteBefore, ...given } = refused;
  const note = noteOfBoth(draft, refused);
  const over = note !== undefined && draft.note === undefined ? { ...draft.over, note: noteBefore } : draft.over;
  return { ...draft, ...given, ...only(draft, since), ...choice, note, ...(over && { over }), result: 'refused' };
}

/** The draft once `saved` was sent: what was changed meanwhile is not what was saved. */
export function settled(draft: Draft, saved: WrapUp, result: WrapUpResult): Draft {
  const changed = FIELDS.some((field) => field in saved && draft[field] !== saved[field]);
  if (result === 'refused') return changed ? draft : { ...draft, result };
  const rest = FIELDS.filter((field) => draft[field] !== undefined && draft[field] !== saved[field]);
  const { callBackBy, callBackText = '' } = draft;
  const choice = rest.includes('callBackAt') ? { callBackBy, callBackText } : {};
  // What was written meanwhile was written over what was saved.
  const over = only({ ...draft.over, ...saved }, rest);
  return { ...only(draft, rest), ...choice, over, result: rest.length > 0 ? null : result };
}

const KEY = 'almasar-wrap-up-drafts';

/** Calls whose drafts the tab remembers. */
const MOST = 10;

type Entry = readonly [callId: string, draft: Draft];

function read(): readonly Entry[] {
  try {
    const entries: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? '[]');
    return Array.isArray(entries) ? (entries as Entry[]) : [];
  } catch {
    return [];
  }
}

/** The draft of a call as this tab has kept it over a reload. */
export function draftOf(callId: string): Draft {
  return read().find(([id]) => id === callId)?.[1] ?? EMPTY_DRAFT;
}

/** Keeps a draft; where the tab may not, it lives as long as the panel. */
export function keepDraft(callId: string, draft: Draft): void {
  const others = read().filter(([id]) => id !== callId);
  try {
    sessionStorage.setItem(KEY, JSON.stringify([...others, [callId, draft]].slice(-MOST)));
  } catch {
    // Full or blocked.
  }
}
