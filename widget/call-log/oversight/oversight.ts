/** What supervisors and admins may do besides, in a chunk that other agents never fetch. */
import type { TemplateResult } from 'lit';
import type { AuditEntry } from '../../../service/admin-contract.ts';
import type { CallRecord, Recording } from '../../../service/contract.ts';
import type { LogFace } from '../views/log-face.ts';
import { deletion } from './deletion.ts';
import { deletedNote, history } from './history.ts';
import { oversightStyles } from './styles.ts';

export interface OversightPorts {
  readonly root: ShadowRoot;
  readonly deleteRecording: (callId: string, recordingSid: string) => Promise<void>;
  /** Newest first. */
  readonly deedsOf: (callId: string) => Promise<readonly AuditEntry[]>;
  readonly changed: () => void;
  /** Settles when what has changed is drawn. */
  readonly drawn: () => Promise<unknown>;
}

/** Where the deletion of a recording stands: asked whether it is meant, on its way, or failed. */
export type DeletionStage = 'asked' | 'busy' | 'failed';

/** Deletes recordings, and tells who did what with a call. One deletion is asked about at a time. */
export class Oversight {
  /** Of the call that was looked at last; undefined while they are on their way. */
  deeds: readonly AuditEntry[] | 'failed' | undefined;
  deedsShown = false;
  readonly #ports: OversightPorts;
  #callId = '';
  #deleting: { readonly recordingSid: string; stage: DeletionStage } | undefined;

  constructor(ports: OversightPorts) {
    this.#ports = ports;
    const { root } = ports;
    if (oversightStyles.styleSheet) root.adoptedStyleSheets = [...root.adoptedStyleSheets, oversightStyles.styleSheet];
  }

  /** To be called before every update with the call whose row is open, or none. */
  follow(call: CallRecord | undefined): void {
    if (call?.callId === this.#callId) return;
    this.#callId = call?.callId ?? '';
    this.deeds = this.#deleting = undefined;
    this.deedsShown = false;
    // By whom is said without being asked for.
    if (call?.recordings.some(({ status }) => status === 'deleted')) void this.readDeeds();
  }

  stageOf({ recordingSid }: Recording): DeletionStage | undefined {
    return this.#deleting?.recordingSid === recordingSid ? this.#deleting.stage : undefined;
  }

  ask({ recordingSid }: Recording): void {
    this.#deleting = { recordingSid, stage: 'asked' };
    void this.#show('.keep');
  }

  keep(): void {
    this.#deleting = undefined;
    void this.#show('[part=delete-button]');
  }

  async delete({ callId }: CallRecord, recording: Recording): Promise<void> {
    if (this.stageOf(recording) === 'busy') return;
    const deleting = { recordingSid: recording.recordingSid, stage: 'busy' as DeletionStage };
    this.#deleting = deleting;
    this.#ports.changed();
    try {
      await this.#ports.deleteRecording(callId, recording.recordingSid);
      if (callId !== this.#callId) return;
      if (this.#deleting === deleting) this.#deleting = undefined;
      await this.readDeeds();
      await this.#show('.deleted');
    } catch {
      deleting.stage = 'failed';
      await this.#show('.keep');
    }
  }

  toggleDeeds(): void {
    this.deedsShown = !this.deedsShown;
    if (this.deedsShown) void this.readDeeds();
    this.#ports.changed();
  }

  async readDeeds(): Promise<void> {
    const callId = this.#callId;
    const deeds = await this.#ports.deedsOf(callId).catch(() => 'failed' as const);
    if (callId !== this.#callId) return;
    this.deeds = deeds;
    this.#ports.changed();
  }

  /** Draws it, and takes the focus there when it would be lost with what was pressed. */
  async #show(selector: string): Promise<void> {
    this.#ports.changed();
    await this.#ports.drawn();
    this.#ports.root.querySelector<HTMLElement>(`.details ${selector}`)?.focus();
  }

  /** In the player of a recording. */
  deletion(face: LogFace, call: CallRecord, recording: Recording): TemplateResult {
    return deletion(this, face, call, recording);
  }

  /** In place of the player of a recording that is no more. */
  deletedNote(face: LogFace, call: CallRecord, recording: Recording): TemplateResult {
    return deletedNote(this, face, call, recording);
  }

  /** Under the details of a call. */
  history(face: LogFace): TemplateResult {
    return history(this, face);
  }
}
