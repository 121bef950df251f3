import type { Parts } from '../switch/parts.ts';
import type { RecordingCallback, RecordingEvent } from '../twiml/verbs.ts';
import type { Recording } from './recording.ts';

/** Sends the events that were asked for to `recordingStatusCallback`. */
export function recordingReport(callback: RecordingCallback | undefined, parts: Parts) {
  return (event: RecordingEvent, recording: Recording): void => {
    if (!callback?.events.includes(event)) return;
    const fields = {
      AccountSid: parts.account.accountSid,
      CallSid: recording.callSid,
      RecordingSid: recording.sid,
      RecordingUrl: parts.recordings.urlOf(recording),
      RecordingStatus: event,
      RecordingDuration: String(recording.seconds),
      RecordingChannels: String(recording.channels),
      RecordingStartTime: recording.startTime.toUTCString().replace('GMT', '+0000'),
      RecordingSource: recording.source,
      RecordingTrack: 'both',
    };
    parts.webhooks.send({ url: callback.url, method: callback.method, fields }).catch((error: Error) => {
      parts.log({
        level: 'warning',
        code: 15003,
        callSid: recording.callSid,
        message: `Recording status callback: ${error.message}`,
      });
    });
  };
}
