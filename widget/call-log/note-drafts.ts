import type { CallPatch, CallRecord } from '../../service/contract.ts';
import { isNoteChanged, joinedNote, MOST_MEETINGS, MOST_NOTE_CHARACTERS, MOST_SENT } from '../joined-note.ts';

/** Fields of a PATCH. A call-back's value is an ISO time. */
const FIELDS = ['note', 'disposition', 'callBackAt'] as const;
export type DraftField = (typeof FIELDS)[number];

/** What the agent wrote of a call and the service does not have yet; `saved`: it has it now. */
export interface Draft {
  readonly value: string;
  readonly phase: 'written' | 'saving' | 'saved' | 'failed';
  /** The note over which this one was begun; absent of other fields. */
  readonly before?: string | undefined;
  /** What of it was sent and is not known to have arrived. */
  readonly sent?: readonly string[] | undefined;
}

/** What a draft is besides, over a reload. */
type Kept = Omit<Draft, 'phase'>;

const STORE = 'almasar-call-log-drafts';

type Save = (callId: string, patch: Pick<CallPatch, DraftField | 'noteBefore'>) => Promise<CallRecord>;
type NoteOf = (callId: string) => Promise<string | null>;

/** Keeps what was written until the service has said that it has it: through failures, other rows and a reload. */
export class NoteDrafts {
  readonly #save: Save;
  readonly #noteOf: NoteOf;
  readonly #changed: () => void;
  readonly #drafts = new Map<string, Draft>();

  constructor(save: Save, noteOf: NoteOf, changed: () => void) {
    this.#save = save;
    this.#noteOf = noteOf;
    this.#changed = changed;
    this.#recall();
  }

  get(callId: string, field: DraftField): Draft | undefined {
    return this.#drafts.get(`${field} ${callId}`);
  }

  /** What was written and the service does not have; undefined: the field is as the service has it. */
  unsavedValue(callId: string, field: DraftField): string | undefined {
    const draft = this.get(callId, field);
    return draft?.phase === 'saved' ? undefined : draft?.value;
  }

  /** Whether something of this call would be lost without us. */
  unsaved(callId: string): boolean {
    return FIELDS.some((field) => {
      const draft = this.get(callId, field);
      return draft && draft.phase !== 'saved';
    });
  }

  /** `note`: the one that the call has, over which a new draft is begun. */
  write(callId: string, field: DraftField, value: string, note?: string | null): void {
    const draft = this.get(callId, field);
    const begun = draft && draft.phase !== 'saved' ? draft : { before: field === 'note' ? (note ?? '') : undefined };
    this.#put(callId, field, { ...begun, value, phase: draft?.phase === 'saving' ? 'saving' : 'written' });
  }

  /**
   * Sends what was written; what is written meanwhile is sent after it. Where somebody else has written a note since this one
   * was begun, the draft becomes both and goes out as that. Never rejects: the draft says what became of it.
   */
  async save(callId: string, field: DraftField, meetings = MOST_MEETINGS): Promise<CallRecord | undefined> {
    const draft = this.get(callId, field);
    if (!draft || draft.phase === 'saving' || draft.phase === 'saved') return undefined;
    const { value: sent, before } = draft;
    const own = before === undefined ? undefined : [...(draft.sent ?? []), sent.trim()].slice(-MOST_SENT);
    this.#put(callId, field, { ...draft, phase: 'saving', sent: own });
    const now = () => this.get(callId, field) ?? draft;
    try {
      const record = await this.#save(callId, {
        [field]: sent.trim() || null,
        ...(before !== undefined && { noteBefore: before }),
      });
      const { value } = now();
      if (value === sent) {
        this.#put(callId, field, { value, phase: 'saved' });
        return record;
      }
      const over = before === undefined ? undefined : (record.note ?? '');
      this.#put(callId, field, { value, phase: 'written', before: over });
      return await this.save(callId, field);
    } catch (error) {
      if (
        before !== undefined &&
        isNoteChanged(error) &&
        (await this.#join(callId, before, draft.sent)) &&
        meetings > 1
      ) {
        return this.save(callId, field, meetings - 1);
      }
      this.#put(callId, field, { ...now(), phase: 'failed' });
      return undefined;
    }
  }

  /** Makes both texts of a note that is being saved over another than it was begun over; false when they cannot be saved. */
  async #join(callId: string, before: string, sent: Draft['sent']): Promise<boolean> {
    const theirs = await this.#noteOf(callId).catch(() => undefined);
    const draft = this.get(callId, 'note');
    if (theirs === undefined || !draft) return false;
    const value = joinedNote({ theirs: theirs ?? '', mine: draft.value, before, sent });
    this.#put(callId, 'note', { value, phase: 'written', before: theirs ?? '' });
    return value.length <= MOST_NOTE_CHARACTERS;
  }

  /** Forgets that it was saved, when nobody looks at it any more. */
  settle(callId: string): void {
    for (const field of FIELDS) {
      if (this.get(callId, field)?.phase === 'saved') this.#drafts.delete(`${field} ${callId}`);
    }
  }

  #put(callId: string, field: DraftField, draft: Draft): void {
    this.#drafts.set(`${field} ${callId}`, draft);
    this.#keep();
    this.#changed();
  }

  #keep(): void {
    const unsaved = [...this.#drafts]
      .filter(([, { phase }]) => phase !== 'saved')
      .map(([key, { value, before, sent }]) => [key, { value, before, sent } satisfies Kept]);
    try {
      if (unsaved.length > 0) sessionStorage.setItem(STORE, JSON.stringify(Object.fromEntries(unsaved)));
      else sessionStorage.removeItem(STORE);
    } catch {
      // A frame without storage: then a reload forgets them.
    }
  }

  #recall(): void {
    try {
      const kept = JSON.parse(sessionStorage.getItem(STORE) ?? '{}') as Record<string, unknown>;
      for (const [key, value] of Object.entries(kept)) {
        // A text alone is of a version before.
        const draft = typeof value === 'string' ? { value } : (value as Kept);
        if (typeof draft?.value === 'string') this.#drafts.set(key, { ...draft, phase: 'written' });
      }
    } catch {
      // As above, or not ours.
    }
  }
}
