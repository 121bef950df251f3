import type { AnswerError } from './service-access.ts';

/** The service's limit, in UTF-16 units as `maxlength` counts. */
export const MOST_NOTE_CHARACTERS = 4000;

/** Own older notes of a call that are remembered, any of which may have arrived without an answer. */
export const MOST_SENT = 20;

/** How often a note is sent anew at once because others write of the same call. */
export const MOST_MEETINGS = 4;

/** The service has a note of the call that its writer did not know: what is sent again has both texts. */
export function isNoteChanged(error: unknown): boolean {
  // By its code, not by its class, which would take a chunk of its own from what a first call loads.
  return error instanceof Error && (error as Partial<AnswerError>).answerCode === 'note-changed';
}

export interface NotesThatMet {
  /** What the service has of the call now. */
  readonly theirs: string;
  /** What is to be saved. */
  readonly mine: string;
  /** What its writer had before them; empty for nothing. */
  readonly before: string;
  /** What its writer sent before it: that may be what the service has, though no answer said so. */
  readonly sent?: readonly string[] | undefined;
}

/** `text` begins with `start` as a line or a part of a sentence: “sold” is in “sold, twice”, not in “sold out”. */
function goesOn(text: string, start: string): boolean {
  return text.startsWith(start) && /^(?:\s*$|\s*\n|[.,;:!?،؛؟…]+(?:\s|$))/.test(text.slice(start.length));
}

/** Where a line begins, and only there: “interested” is another answer than “not interested”. */
function contains(text: string, part: string): boolean {
  return !part || text.split('\n').some((_, line, lines) => goesOn(lines.slice(line).join('\n'), part));
}

/** The others' words without those at their end that are their writer's own older ones. */
function withoutOwn({ theirs, mine, before, sent = [] }: NotesThatMet): string {
  const own = (mine === before ? [...sent] : [before, ...sent])
    .filter((text) => text && (theirs === text || theirs.endsWith(`\n${text}`)))
    .sort((a, b) => b.length - a.length);
  return theirs.slice(0, theirs.length - (own[0]?.length ?? 0)).trimEnd();
}

/** What of it is not in the note that was there before. */
function added({ mine, before }: NotesThatMet, theirs: string): string {
  if (!before || !goesOn(mine, before) || !contains(theirs, before)) return mine;
  return mine.slice(before.length).replace(/^[\s.,;:!?،؛؟…]+/, '');
}

/**
 * The note with both texts, where somebody else has written between: what is to be saved stands under what is there. What
 * either has in common with the other stands there once.
 */
export function joinedNote(met: NotesThatMet): string {
  const trimmed: NotesThatMet = {
    theirs: met.theirs.trim(),
    mine: met.mine.trim(),
    before: met.before.trim(),
    sent: (met.sent ?? []).map((text) => text.trim()),
  };
  const { mine, before } = trimmed;
  const theirs = withoutOwn(trimmed);
  if (contains(mine, theirs)) return mine;
  const own = added(trimmed, theirs);
  return mine === before || contains(theirs, mine) || contains(theirs, own) ? theirs : `${theirs}\n${own}`;
}
