import type { CallDetail } from '../events.ts';

/** A call whose recording was paused, or goes on. */
export interface RecordingDetail extends CallDetail {
  /** The recording has silence from now on. */
  readonly paused: boolean;
}

/** The recording of the call in progress was paused or goes on, whoever asked for it: as the service says. */
export class AlmasarRecordingEvent extends CustomEvent<RecordingDetail> {
  constructor(detail: RecordingDetail) {
    super('almasar-recording', { detail: Object.freeze(detail), bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'almasar-recording': AlmasarRecordingEvent;
  }
}
