import * as z from 'zod';
import type { DialResultEvent, LegStatusEvent, RecordingEvent } from '../calls/call-event.ts';
import { CHECK_PARAMETER } from '../contract.ts';
import { ServiceError } from '../errors.ts';

/**
 * The fields that are read of each webhook, and no others: a signature without delimiters lets a sender move text
 * between names and values, so every value is checked again (Twilio: Call resource, `<Dial>`, recording status
 * callbacks). Unknown statuses are kept as they are; a detail that cannot be read is left out, since the fact that it
 * came with would otherwise be lost.
 */
const callSid = z.string().regex(/^CA[0-9a-f]{32}$/);
const recordingSid = z.string().regex(/^RE[0-9a-f]{32}$/);
const word = z.string().regex(/^[a-z-]{1,32}$/);
const detail = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number)
  .optional()
  .catch(undefined);

/** Whom a leg rings, as far as it is one of ours: an agent's phone or a number. */
const party = z
  .string()
  .regex(/^(?:client:[A-Za-z0-9_]{1,121}|\+[1-9]\d{1,14})$/)
  .optional()
  .catch(undefined);

export const legStatus = z.object({
  CallSid: callSid,
  ParentCallSid: callSid.optional(),
  CallStatus: word,
  SequenceNumber: detail,
  Timestamp: z.string().max(64).optional().catch(undefined),
  CallDuration: detail,
  SipResponseCode: detail,
  To: party,
});

export const dialResult = z.object({
  CallSid: callSid,
  CallStatus: word.optional(),
  DialCallSid: callSid.optional(),
  DialCallStatus: word,
  DialCallDuration: detail,
});

export const recordingStatus = z.object({
  CallSid: callSid,
  RecordingSid: recordingSid,
  RecordingStatus: z.enum(['in-progress', 'completed', 'absent', 'failed']),
  RecordingDuration: detail,
  RecordingChannels: detail,
  ErrorCode: detail,
  RecordingSource: z
    .string()
    .regex(/^[A-Za-z]{1,32}$/)
    .optional()
    .catch(undefined),
});

/** A customer calls a number of the account. Who withholds the number comes as a word, or as a word in digits. */
export const inboundCall = z.object({
  CallSid: callSid,
  From: z.string().max(256).optional().catch(undefined),
  To: z.string().max(256).optional().catch(undefined),
});

/** An agent's browser asks for a line check. */
export const lineCheck = z.object({
  CallSid: callSid,
  From: z.string().regex(/^client:[A-Za-z0-9_]{1,121}$/),
  [CHECK_PARAMETER]: z.literal('echo'),
});

/** What `<Record>` recorded, as its action and its callback say. */
export const checkRecording = z.object({
  CallSid: callSid,
  RecordingSid: recordingSid.optional().catch(undefined),
  // The action's own field list (Twilio: TwiML Record) has the address alone.
  RecordingUrl: z.string().max(1000).optional(),
});

/** The SID of a line check's recording; undefined when nothing was recorded. */
export function recordingSidOf(fields: z.infer<typeof checkRecording>): string | undefined {
  return fields.RecordingSid ?? /\/Recordings\/(RE[0-9a-f]{32})\b/.exec(fields.RecordingUrl ?? '')?.[1];
}

export const outboundCall = z.object({
  CallSid: callSid,
  From: z.string().regex(/^client:[A-Za-z0-9_]{1,121}$/),
  CallId: z.uuid(),
});

/** Those of a webhook's fields that the schema has: many are sent, and few are read. */
function given(schema: z.ZodObject, webhook: ReadonlyMap<string, string>): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const name in schema.shape) {
    const value = webhook.get(name);
    // An empty field is one the carrier has nothing to say in.
    if (value !== undefined && value !== '') fields[name] = value;
  }
  return fields;
}

/** The schema's fields of a webhook; undefined when one is missing or malformed. */
export function fieldsOf<S extends z.ZodObject>(
  schema: S,
  webhook: ReadonlyMap<string, string>,
): z.infer<S> | undefined {
  return schema.safeParse(given(schema, webhook)).data;
}

/** The schema's fields of a webhook. Throws `invalid-request` that names those that are missing or malformed. */
export function parseWebhook<S extends z.ZodObject>(schema: S, webhook: ReadonlyMap<string, string>): z.infer<S> {
  const parsed = schema.safeParse(given(schema, webhook));
  if (parsed.success) return parsed.data;
  const names = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
  throw new ServiceError('invalid-request', `Missing or malformed: ${names}.`);
}

/** RFC 2822 as Twilio writes it → ISO 8601; the time of receipt when absent or unreadable. */
function firedAt(timestamp: string | undefined, receivedAt: string): string {
  const time = new Date(timestamp ?? '');
  const year = time.getUTCFullYear();
  // Times sort as text while their years have four digits.
  return year >= 2000 && year <= 9999 ? time.toISOString() : receivedAt;
}

export function legStatusEvent(webhook: ReadonlyMap<string, string>, receivedAt: string): LegStatusEvent {
  const fields = parseWebhook(legStatus, webhook);
  return {
    kind: 'leg-status',
    callSid: fields.CallSid,
    parentCallSid: fields.ParentCallSid ?? null,
    ...(fields.ParentCallSid && fields.To && { to: fields.To }),
    status: fields.CallStatus,
    sequenceNumber: fields.SequenceNumber ?? null,
    firedAt: firedAt(fields.Timestamp, receivedAt),
    callDuration: fields.CallDuration ?? null,
    sipResponseCode: fields.SipResponseCode ?? null,
  };
}

export function dialResultEvent(webhook: ReadonlyMap<string, string>, receivedAt: string): DialResultEvent {
  const fields = parseWebhook(dialResult, webhook);
  return {
    kind: 'dial-result',
    callSid: fields.CallSid,
    status: fields.CallStatus ?? null,
    dialCallSid: fields.DialCallSid ?? null,
    dialStatus: fields.DialCallStatus,
    dialDuration: fields.DialCallDuration ?? null,
    firedAt: receivedAt,
  };
}

export function recordingEvent(webhook: ReadonlyMap<string, string>, receivedAt: string): RecordingEvent {
  const fields = parseWebhook(recordingStatus, webhook);
  return {
    kind: 'recording',
    callSid: fields.CallSid,
    recordingSid: fields.RecordingSid,
    status: fields.RecordingStatus,
    durationSeconds: fields.RecordingDuration ?? null,
    channels: fields.RecordingChannels ?? null,
    ...(fields.RecordingSource && { source: fields.RecordingSource }),
    ...(fields.ErrorCode !== undefined && { errorCode: fields.ErrorCode }),
    firedAt: receivedAt,
  };
}
