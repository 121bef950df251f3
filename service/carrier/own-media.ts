import type { RecordingMedia } from '../calls/ports.ts';
import type { RecordingCopies } from '../calls/recordings.ts';

/** The operator's copy where there is one, else the carrier's. */
export function ownMedia(copies: RecordingCopies | undefined, carrier: RecordingMedia): RecordingMedia {
  if (!copies) return carrier;
  return {
    async open(recordingSid, range, signal) {
      const own = await copies.open(recordingSid, range, signal);
      return own ?? carrier.open(recordingSid, range, signal);
    },
  };
}
