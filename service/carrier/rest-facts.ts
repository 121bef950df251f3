import * as z from 'zod';
import type { LegStatusEvent, RecordingEvent } from '../calls/call-event.ts';

/** A call of the REST API, as far as the log needs it (Twilio: Call resource; times RFC 2822, `duration` in seconds). */
export const restCall = z.object({
  sid: z.string().regex(/^CA[0-9a-f]{32}$/),
  parent_call_sid: z.string().nullable(),
  to: z.string().nullable(),
  status: z.string().regex(/^[a-z-]{1,32}$/),
  start_time: z.string().nullable(),
  end_time: z.string().nullable(),
  duration: z.string().nullable(),
  /** What the account was charged, below zero, in the account's currency; null until some minutes after the end. */
  price: z.string().nullable(),
});
export type RestCall = z.infer<typeof restCall>;

export const restCalls = z.object({ calls: z.array(restCall) });

/** A recording of a call (Twilio: Recording resource). */
export const restRecording = z.object({
  sid: z.string().regex(/^RE[0-9a-f]{32}$/),
  status: z.string(),
  duration: z.string().nullable(),
  channels: z.number().nullable(),
  source: z.string().nullable(),
  error_code: z.number().nullish(),
  /** Of an account that encrypts its recordings with a public key of its own. */
  encryption_details: z.unknown().optional(),
});
export type RestRecording = z.infer<typeof restRecording>;

export const restRecordings = z.object({ recordings: z.array(restRecording) });

function instant(time: string | null, otherwise: string): string {
  const parsed = Date.parse(time ?? '');
  return Number.isNaN(parsed) ? otherwise : new Date(parsed).toISOString();
}

function seconds(text: string | null): number | null {
  const value = Number(text ?? Number.NaN);
  return Number.isFinite(value) && value >= 0 ? Math.round(value) : null;
}

/** Words of the REST API for a call that has not been put through yet; they say nothing that the log waits for. */
const EARLY = new Set(['queued', 'initiated']);

/**
 * What the carrier's REST API knows of a leg, as events: its answer and its state. Of a leg that was never answered,
 * `start_time` is no answer.
 */
export function legFacts(call: RestCall, askedAt: string): LegStatusEvent[] {
  if (EARLY.has(call.status)) return [];
  const common = {
    kind: 'leg-status' as const,
    callSid: call.sid,
    parentCallSid: call.parent_call_sid || null,
    ...(call.parent_call_sid && call.to && { to: call.to }),
    sequenceNumber: null,
    sipResponseCode: null,
    source: 'rest' as const,
  };
  const start = instant(call.start_time, askedAt);
  const answered = call.status === 'completed' || call.status === 'in-progress';
  const state: LegStatusEvent = {
    ...common,
    status: call.status,
    firedAt: call.status === 'in-progress' ? start : instant(call.end_time, askedAt),
    callDuration: seconds(call.duration),
  };
  if (!answered || call.status === 'in-progress') return [state];
  return [{ ...common, status: 'in-progress', firedAt: start, callDuration: null }, state];
}

/** The REST API has more words than the callbacks for a recording that is being made (Twilio: Recording resource). */
const RECORDING_STATUS: Record<string, RecordingEvent['status']> = {
  'in-progress': 'in-progress',
  paused: 'in-progress',
  stopped: 'in-progress',
  processing: 'in-progress',
  completed: 'completed',
  absent: 'absent',
  failed: 'failed',
};

/** What the REST API knows of a recording; undefined for words that Twilio adds, and for one that was deleted there. */
export function recordingFact(recording: RestRecording, callSid: string, askedAt: string): RecordingEvent | undefined {
  const status = RECORDING_STATUS[recording.status];
  if (status === undefined) return undefined;
  return {
    kind: 'recording',
    callSid,
    recordingSid: recording.sid,
    status,
    durationSeconds: seconds(recording.duration),
    channels: recording.channels,
    ...(recording.source && { source: recording.source }),
    ...(recording.encryption_details ? { encrypted: true as const } : {}),
    ...(typeof recording.error_code === 'number' && { errorCode: recording.error_code }),
    firedAt: askedAt,
  };
}
