import type { RecordingStore } from './recording-store.ts';

/** The facts of Twilio's Recording resource. */
export interface Recording {
  sid: string;
  /** Always the parent leg. */
  callSid: string;
  status: 'in-progress' | 'paused' | 'processing' | 'completed' | 'absent';
  source: 'DialVerb' | 'RecordVerb';
  channels: 1 | 2;
  startTime: Date;
  updatedAt: Date;
  /** Whole seconds; -1 while it is not known. */
  seconds: number;
}

/** How other webhooks mention a recording. */
export function recordingFields(recording: Recording, store: RecordingStore): Record<string, string> {
  return {
    RecordingSid: recording.sid,
    RecordingUrl: store.urlOf(recording),
    RecordingDuration: String(recording.seconds),
  };
}
