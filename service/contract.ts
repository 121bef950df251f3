/**
 * The wire between the widget and the service: what agents' browsers send and get.
 * The service parses with these schemas; the widget imports the types only.
 */
import * as z from 'zod';

/** Why a call is not put through. */
export const REFUSAL_CODES = [
  'number-invalid',
  'number-emergency',
  'number-short',
  'number-type-refused',
  'country-refused',
  'no-caller-id',
  'caller-id-refused',
  'outgoing-stopped',
  'agent-blocked',
  'calls-too-many',
  'calls-at-once',
  'number-called-too-often',
  'spend-limit',
  'recording-required',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** Every error answer has one of these codes; `errors.ts` holds the HTTP status of each. */
export const ERROR_CODES = [
  'invalid-request',
  'unauthenticated',
  'role-refused',
  'too-many-requests',
  'signature-invalid',
  'link-invalid',
  'link-expired',
  'not-found',
  'method-not-allowed',
  'call-id-taken',
  'call-over',
  'note-changed',
  'phone-gone',
  'disposition-unknown',
  'call-back-time-refused',
  'time-zone-unknown',
  'payload-too-large',
  'unsupported-media-type',
  ...REFUSAL_CODES,
  'not-recorded',
  'recording-not-running',
  'recording-not-ready',
  'recording-deleted',
  'recording-encrypted',
  'carrier-unreachable',
  'service-busy',
  'internal',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

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
  /** When there are several: `edge`, and where to go when it cannot be reached. */
  edges: z.array(z.string()).optional(),
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
  /** False: the conversation is not recorded, where RECORDING_OPT_OUT allows that; else 422 `recording-required`. */
  record: z.boolean().optional(),
  /**
   * What the customer is to see: a `number` of the settings' `callerIds`; else 422 `caller-id-refused`. Without it, the line
   * that this customer called last, if it is one of them; else the first.
   */
  callerId: z.string().trim().min(1).max(32).optional(),
});
export type DialRequest = z.infer<typeof dialRequest>;

/**
 * 201 answer to a dial intent. `to` and `callerId` are E.164; the intent is dead after `expiresAt`. `line` is the caller ID
 * where the service has several, for the agent to see; else null.
 */
export const dialAnswer = z.object({
  callId,
  to: z.string(),
  callerId: z.string(),
  line: z.string().nullable(),
  expiresAt: z.iso.datetime(),
});
export type DialAnswer = z.infer<typeof dialAnswer>;

export const CALL_STATUSES = ['dialing', 'ringing', 'open', 'ended'] as const;
export type CallStatus = (typeof CALL_STATUSES)[number];

/**
 * How a conversation ended. `canceled`: the agent hung up before an answer. `failed`: the carrier could not connect it.
 * Of incoming calls: `missed`, nobody took it; `voicemail`, nobody did and the customer left a message.
 */
export const CALL_OUTCOMES = [
  'answered',
  'busy',
  'no-answer',
  'declined',
  'not-in-service',
  'canceled',
  'failed',
  'missed',
  'voicemail',
] as const;
export type CallOutcome = (typeof CALL_OUTCOMES)[number];

export const recording = z.object({
  recordingSid: z.string(),
  /** `deleted` has no audio any more; `absent` never had. */
  status: z.enum(['processing', 'completed', 'absent', 'deleted']),
  durationSeconds: z.number().int().nonnegative().nullable(),
  /** 2: who called on the left, who was called on the right; the agent, of an outgoing call, is on the left. */
  channels: z.number().int().nullable(),
  /** With the account's own public key: nobody hears it by the service. */
  encrypted: z.literal(true).optional(),
  /** The carrier's code for why one that is `absent` was not made. */
  errorCode: z.number().int().optional(),
});
export type Recording = z.infer<typeof recording>;

/**
 * When somebody is to call the customer again, and since when that is done: by a later conversation with that number, whoever
 * called, of an agent in whose log the call stands (of a call that nobody took: of any agent), or by an agent's word.
 * Open while `doneAt` is null.
 */
export const callBack = z.object({ at: z.iso.datetime(), doneAt: z.iso.datetime().nullable() });
export type CallBack = z.infer<typeof callBack>;

/**
 * One row of the call log: one conversation, whatever the number of carrier legs. Times are ISO 8601, UTC.
 * `agent` of an incoming call: who took it, else the first whose phone rang. Its id is empty when nobody's did (then the
 * call stands in every agent's log), and when the number that calls are forwarded to took it (then `name` is that number).
 * `customer.number` is E.164, or empty when the customer withheld it.
 */
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
  /** Why the call was not put through when the carrier asked, though it had been allowed before. It `failed` then. */
  refusal: z.enum(REFUSAL_CODES).optional(),
  recordings: z.array(recording),
  /** The agent's page asked for a conversation that is not recorded, and could. */
  unrecorded: z.literal(true).optional(),
  /** Of an open call: its recording was paused and has silence meanwhile. */
  recordingPaused: z.literal(true).optional(),
  /** Of a call that is recorded: whether the customer was told before the conversation. */
  consent: z.enum(['announced', 'not-announced']).optional(),
  /** What the agent wrote of it; null when nothing. */
  note: z.string().nullable(),
  /** Id of one of the service's dispositions. */
  disposition: z.string().nullable(),
  /** Absent when nobody is to call back. */
  callBack: callBack.optional(),
});
export type CallRecord = z.infer<typeof callRecord>;

/**
 * Query of `GET /api/calls`: every filter narrows. An agent sees own calls; `agent` means something to a supervisor only.
 * `from` and `to` bound the beginning of the call: from inclusive, to exclusive.
 */
export const callQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(200).optional(),
  agent: z.string().max(256).optional(),
  /** `own`: the log as it is of an agent, for supervisors too. `agent` narrows nothing then. */
  log: z.enum(['own']).optional(),
  direction: z.enum(['outgoing', 'incoming']).optional(),
  outcome: z.enum(CALL_OUTCOMES).optional(),
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
  /** Digits: the end of the customer's number. Anything else: part of the customer's name, in any script. */
  search: z.string().trim().max(100).optional(),
  /** `open`: calls with a call-back that is not done, the one that is due first before the others. */
  callBacks: z.enum(['open']).optional(),
});
export type CallQuery = z.infer<typeof callQuery>;

/**
 * `GET /api/calls`: newest first, unless `callBacks` asks for another order. `nextCursor` goes back as `?cursor=` for the next page; null on the last. A page can have
 * less than `limit` calls before that: of a name, one or two letters are looked for in so many calls at a time.
 */
export const callPage = z.object({
  calls: z.array(callRecord),
  nextCursor: z.string().nullable(),
  /** On the first page that `callBacks` asks for: how many calls there are on all, and of how many the call-back is due now. */
  callBacks: z.object({ open: z.number().int(), due: z.number().int() }).optional(),
});
export type CallPage = z.infer<typeof callPage>;

/** How far ahead a call-back may be, in days. */
export const CALL_BACK_DAYS = 366;

/**
 * `PATCH /api/calls/:id` → the CallRecord: what is given replaces, null takes away, what is absent stays. Another
 * `callBackAt` opens the call-back anew; a time before the call, or too far ahead, is 400 `call-back-time-refused`. `callBackDone` says that it
 * is done, or is not; without a call-back it changes nothing. `noteBefore` is the note that the writer of `note` had before
 * them: where the call has another by now, and not `note` itself, nothing is changed and the answer is 409 `note-changed`; then
 * `GET /api/calls/:id`, and send both texts with that note as `noteBefore`. Without it, `note` takes the place of any.
 */
export const callPatch = z.object({
  note: z.string().trim().max(4000).nullable().optional(),
  noteBefore: z.string().trim().max(4000).nullable().optional(),
  disposition: z.string().max(64).nullable().optional(),
  callBackAt: z.iso.datetime({ offset: true }).nullable().optional(),
  callBackDone: z.boolean().optional(),
});
export type CallPatch = z.infer<typeof callPatch>;

/**
 * What the CRM is told at CRM_WEBHOOK_URL. `call.ended` of every call; `call.missed` besides of one that came in and that
 * nobody took. `call.updated`: what an agent wrote, and what is said anew of a call that had ended.
 */
export const CRM_EVENT_TYPES = [
  'call.ringing',
  'call.answered',
  'call.ended',
  'call.missed',
  'recording.completed',
  'call.updated',
] as const;
export type CrmEventType = (typeof CRM_EVENT_TYPES)[number];

/** Body of such a POST: the call as it was when this happened. An event may come again; its `id` stays the same. */
export const crmEvent = z.object({
  id: z.uuid(),
  type: z.enum(CRM_EVENT_TYPES),
  createdAt: z.iso.datetime(),
  call: callRecord,
});
export type CrmEvent = z.infer<typeof crmEvent>;

export const ROLES = ['agent', 'supervisor', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** An outcome label that agents choose from after a call. */
export const disposition = z.object({ id: z.string(), label: z.object({ ar: z.string(), en: z.string() }) });
export type Disposition = z.infer<typeof disposition>;

/** One of the account's numbers, E.164, and what the operator calls it; null when nothing. */
export const callerId = z.object({
  number: z.string(),
  label: z.object({ ar: z.string(), en: z.string() }).nullable(),
});
export type CallerId = z.infer<typeof callerId>;

/** `GET /api/calls/settings`. `agents` is for supervisors' filters: everybody with a call in the log; else empty. */
export const settingsAnswer = z.object({
  defaultCountry: z.string(),
  /** What this agent may show to customers, in the operator's order. */
  callerIds: z.array(callerId),
  dispositions: z.array(disposition),
  role: z.enum(ROLES),
  /** Who asks, as the CRM says: the `agent` of own calls. */
  agent: z.object({ id: z.string(), name: z.string().nullable() }).optional(),
  agents: z.array(z.object({ id: z.string(), name: z.string().nullable() })),
  /** The service believes anybody (AUTH_MODE dev): a developer's machine. Absent otherwise. */
  dev: z.literal(true).optional(),
});
export type SettingsAnswer = z.infer<typeof settingsAnswer>;

/** `GET /api/calls/:id/recordings/:sid`: a link that plays without a header, for this agent and a short time. */
export const recordingLink = z.object({ url: z.string(), expiresAt: z.iso.datetime() });
export type RecordingLink = z.infer<typeof recordingLink>;

/**
 * `POST /api/calls/:id/recording` → the CallRecord: what is said from now on is silence in the recording, or is recorded
 * again. For who has the call, supervisors and admins. 422 `not-recorded`: nothing of this call is; 409
 * `recording-not-running`: not now, before the answer or at the end; 409 `call-over`.
 */
export const recordingPause = z.object({ paused: z.boolean() });
export type RecordingPause = z.infer<typeof recordingPause>;

/**
 * `GET /api/calls/events` (text/event-stream): each message is `event: call` with a CallRecord as `data`,
 * sent whenever a call of this agent changes. Of a call that rang here and that a colleague took, the changes until its
 * end are sent too, with the colleague as `agent`, so that a page can take it away; comment lines keep the connection alive. It ends when the
 * token that opened it is accepted no longer: open it again with a new one.
 */
export const CALL_EVENT = 'call';

/**
 * `event: missed` in the event stream: a reader that came back with `Last-Event-ID` (the last `id` it heard) is otherwise
 * sent first what it missed, each call as it is now; here it was too much for that, or the log was restored since: read it.
 */
export const MISSED_EVENT = 'missed';

/**
 * `PUT /api/calls/phone` (204): the heartbeat of the phone that an agent has open, every 15 s and at each change.
 * While it is heard and says `available`, customers' calls ring there. `holder` names the phone, a UUID of its own;
 * the last one to report is the agent's phone. `DELETE /api/calls/phone?holder=…` (204): it is gone.
 */
export const phoneReport = z.object({
  holder: z.uuid(),
  /** `window`: the companion window on the service's origin, which every page of the agent obeys as its remote. */
  place: z.enum(['page', 'window']),
  available: z.boolean(),
  /** The widget's DialerState, for remotes to show; the service does not look into it. Null from a page. */
  state: z.record(z.string(), z.unknown()).nullable(),
});
export type PhoneReport = z.infer<typeof phoneReport>;

/**
 * `event: phone` in the event stream: the agent's phone window as it last reported, sent at once when the stream opens
 * and at every report after; null when there is none, or none any more.
 */
export const PHONE_EVENT = 'phone';
export type PhoneEvent = PhoneReport | null;

/**
 * `POST /api/calls/phone/commands` (202): asks the agent's phone window for something; 409 `phone-gone` when there is
 * none, 503 `service-busy` when the window cannot be told. It arrives in the streams of the same agent as
 * `event: phone-command`; only the named holder obeys. Sent again under the same `id`, it is told once.
 */
export const phoneCommand = z.object({
  holder: z.uuid(),
  /** Names this command, so that it is obeyed once. */
  id: z.uuid(),
  method: z.string().regex(/^[a-zA-Z]{1,32}$/),
  args: z.array(z.unknown()).max(4),
});
export type PhoneCommand = z.infer<typeof phoneCommand>;
export const PHONE_COMMAND_EVENT = 'phone-command';

/**
 * `POST /api/calls/phone/session` → a token of the service's own for the companion window, which outlives the page that
 * could ask the CRM for one. Good for an hour as a bearer like the CRM's; renewed with itself up to 12 hours after the
 * CRM's last word.
 */
export const sessionAnswer = z.object({ token: z.string(), expiresAt: z.iso.datetime() });
export type SessionAnswer = z.infer<typeof sessionAnswer>;

/**
 * `POST /api/calls/:id/away` (204): the page that has this call is being left; the service ends the call unless
 * `POST /api/calls/:id/back` (204) comes within AWAY_SECONDS. `POST /api/calls/:id/hangup` (202) ends it now;
 * 409 `call-over` when it is over.
 */
export const AWAY_SECONDS = 15;

/** Parameter of `device.connect()` that makes the carrier record a few seconds and play them back: the line check. */
export const CHECK_PARAMETER = 'Check';

/** Why the token of an `unauthenticated` request was refused. `clock`: it is over, or not yet to be used, by this clock. */
export const TOKEN_REFUSALS = [
  'missing',
  'malformed',
  'algorithm',
  'key',
  'signature',
  'claim',
  'life',
  'clock',
] as const;
export type TokenRefusal = (typeof TOKEN_REFUSALS)[number];

export const errorAnswer = z.object({
  code: z.enum(ERROR_CODES),
  message: z.string(),
  requestId: z.string(),
  reason: z.enum(TOKEN_REFUSALS).optional(),
});
export type ErrorAnswer = z.infer<typeof errorAnswer>;
