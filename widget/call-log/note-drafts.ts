import type { CallRecord } from '../../service/contract.ts';

/** Fields of a PATCH. A call-back's value is an ISO time. */
const FIELDS = ['note', 'disposition', 'callBackAt'] as const;
export type DraftField = (typeof FIELDS)[number];

/** What the agent wrote of a call and the service does not have yet; `saved`: it has it now. */
export interface Draft {
  readonly value: string;
  readonly phase: 'written' | 'saving' | 'saved' | 'failed';
}

const STORE = 'almasar-call-log-drafts';

type Save = (callId: string, patch: { readonly [F in DraftField]?: string | null }) => Promise<CallRecord>;

/** Keeps what was written until the service has said that it has it: through failures, other rows and a reload. */
export class NoteDrafts {
  readonly #save: Save;
  readonly #changed: () => void;
  readonly #drafts = new Map<string, Draft>();

  constructor(save: Save, changed: () => void) {
    this.#save = save;
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

  write(callId: string, field: DraftField, value: string): void {
    const saving = this.get(callId, field)?.phase === 'saving';
    this.#put(callId, field, { value, phase: saving ? 'saving' : 'written' });
  }

  /** Sends what was written; what is written meanwhile is sent after it. Never rejects: the draft says what became of it. */
  async save(callId: string, field: DraftField): Promise<CallRecord | undefined> {
    const draft = this.get(callId, field);
    if (!draft || draft.phase === 'saving' || draft.phase === 'saved') return undefined;
    const sent = draft.value;
    this.#put(callId, field, { value: sent, phase: 'saving' });
    try {
      const record = await this.#save(callId, { [field]: sent.trim() || null });
      const { value = sent } = this.get(callId, field) ?? {};
      this.#put(callId, field, { value, phase: value === sent ? 'saved' : 'written' });
      return value === sent ? record : await this.save(callId, field);
    } catch {
      const { value = sent } = this.get(callId, field) ?? {};
      this.#put(callId, field, { value, phase: 'failed' });
      return undefined;
    }
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
      .map(([key, { value }]) => [key, value]);
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
        if (typeof value === 'string') this.#drafts.set(key, { value, phase: 'written' });
      }
    } catch {
      // As above, or not ours.
    }
  }
}
