/**
 * The wire between the widget and the service: what agents' browsers send and get.
 * The service parses with these schemas; the widget imports the types only.
 */
import { z } from 'zod';

/** UUID (version 7, made by the browser) that names one conversation everywhere: intent, carrier parameter, log row. */
export const callId = z.uuid();

/** `POST /api/calls/token` → an access token for the Voice SDK, minted for the authenticated agent. */
export const tokenAnswer = z.object({
  accessToken: z.string(),
  /** Name the agent's device registers under: `[A-Za-z0-9_]{1,121}`. */
  identity: z.string(),
  /** ISO 8601, UTC. */
  expiresAt: z.iso.datetime(),
  edge: z.string().optional(),
  region: z.string().optional(),
});
export type TokenAnswer = z.infer<typeof tokenAnswer>;

/** `POST /api/calls`: a dial intent. `to` is the number as a person wrote it; the service decides what it means. */
export const dialRequest = z.object({
  callId,
  to: z.string().trim().min(1).max(128),
  /** ISO 3166-1 alpha-2 country that national numbers belong to; the service's DEFAULT_COUNTRY when absent. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  /** Who is being called, as the page knows them. Shown in the log. */
  customerName: z.string().trim().max(200).optional(),
});
export type DialRequest = z.infer<typeof dialRequest>;

/** 201 answer to a dial intent. `to` and `callerId` are E.164; the intent is dead after `expiresAt`. */
export const dialAnswer = z.object({
  callId,
  to: z.string(),
  callerId: z.string(),
  expiresAt: z.iso.datetime(),
});
export type DialAnswer = z.infer<typeof dialAnswer>;

export const CALL_STATUSES = ['dialing', 'ringing', 'open', 'ended'] as const;
export type CallStatus = (typeof CALL_STATUSES)[number];

/** How a conversation ended. `canceled`: the agent hung up before an answer. `failed`: the carrier could not connect it. */
export const CALL_OUTCOMES = [
  'answered',
  'busy',
  'no-answer',
  'declined',
  'not-in-service',
  'canceled',
  'failed',
] as const;
export type CallOutcome = (typeof CALL_OUTCOMES)[number];

export const recording = z.object({
  recordingSid: z.string(),
  status: z.enum(['processing', 'completed', 'absent']),
  durationSeconds: z.number().int().nonnegative().nullable(),
  /** 2: the agent on the left, the customer on the right. */
  channels: z.number().int().nullable(),
});
export type Recording = z.infer<typeof recording>;

/** One row of the call log: one conversation, whatever the number of carrier legs. Times are ISO 8601, UTC. */
export const callRecord = z.object({
  callId,
  direction: z.enum(['outgoing', 'incoming']),
  status: z.enum(CALL_STATUSES),
  /** Null until the call has ended. */
  outcome: z.enum(CALL_OUTCOMES).nullable(),
  agent: z.object({ id: z.string(), name: z.string().nullable() }),
  customer: z.object({ number: z.string(), name: z.string().nullable() }),
  callerId: z.string().nullable(),
  createdAt: z.iso.datetime(),
  ringingAt: z.iso.datetime().nullable(),
  answeredAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  /** Seconds of conversation with the customer; 0 for a call nobody answered, null until it ended. */
  durationSeconds: z.number().int().nonnegative().nullable(),
  recordings: z.array(recording),
});
export type CallRecord = z.infer<typeof callRecord>;

/** `GET /api/calls`: newest first. `nextCursor` goes back as `?cursor=` for the next page; null on the last. */
export const callPage = z.object({ calls: z.array(callRecord), nextCursor: z.string().nullable() });
export type CallPage = z.infer<typeof callPage>;

/** `GET /api/calls/:id/recordings/:sid`: a link that plays without a header, for this agent and a short time. */
export const recordingLink = z.object({ url: z.string(), expiresAt: z.iso.datetime() });
export type RecordingLink = z.infer<typeof recordingLink>;

/**
 * `GET /api/calls/events` (text/event-stream): each message is `event: call` with a CallRecord as `data`,
 * sent whenever a call of this agent changes; comment lines keep the connection alive. It ends when the
 * token that opened it is accepted no longer: open it again with a new one.
 */
export const CALL_EVENT = 'call';

/** Every error answer has one of these codes; `errors.ts` holds the HTTP status of each. */
export const ERROR_CODES = [
  'invalid-request',
  'unauthenticated',
  'signature-invalid',
  'link-invalid',
  'link-expired',
  'not-found',
  'method-not-allowed',
  'call-id-taken',
  'payload-too-large',
  'unsupported-media-type',
  'number-invalid',
  'number-emergency',
  'number-short',
  'number-type-refused',
  'country-refused',
  'recording-not-ready',
  'carrier-unreachable',
  'internal',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

export const errorAnswer = z.object({ code: z.enum(ERROR_CODES), message: z.string(), requestId: z.string() });
export type ErrorAnswer = z.infer<typeof errorAnswer>;
