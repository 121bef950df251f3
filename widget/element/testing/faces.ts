import type { CallBack, CallerId, RecordingPauseResult } from '../../core/dialer.ts';
import { NOTICE_CODES, QUALITY_WARNINGS, REACHES } from '../../core/reach.ts';
import { OUTCOMES, PHASES, PROBLEM_CODES, type DialerState, type Problem } from '../../core/state.ts';
import type { PanelName } from '../panels/panel.ts';
import { stateIn, waitingCall } from './scripted-dialer.ts';

/** One thing the element can look like. */
export interface ShownFace {
  readonly name: string;
  readonly state: DialerState;
  readonly collapsed?: boolean;
  readonly panel?: PanelName;
  /** An address that the page's policy refuses. */
  readonly blocked?: string;
  /** A number that was asked for during the call. */
  readonly refused?: string;
  /** The pause of the recording was asked for: it is not answered yet, or was answered with this. */
  readonly pausing?: 'not-yet' | Exclude<RecordingPauseResult, 'done'>;
  readonly callBacks?: readonly CallBack[];
  /** The page was left during a call before. */
  readonly left?: boolean;
  /** The agent may show one of these, and has chosen `chosen`. */
  readonly callerIds?: readonly CallerId[];
  readonly chosen?: string;
  /** A note that is being written, and what somebody else has written of the same call meanwhile. */
  readonly notes?: { readonly mine: string; readonly theirs: string };
  /** With `pause-for-wrap-up`, after a call. */
  readonly pauses?: boolean;
  /** The page has not said enough yet: the element is shown without its attributes. */
  readonly notSetUp?: boolean;
}

/** With a short name, a long one, and none. */
const CALLER_IDS: readonly CallerId[] = [
  { number: '+20224610000', label: { ar: 'المبيعات', en: 'Sales' } },
  {
    number: '+20224610001',
    label: { ar: 'خدمة العملاء والشكاوى بالقاهرة', en: 'Customer care and complaints, Cairo' },
  },
  { number: '+20224610002', label: null },
];
const UNANSWERED = { openedAt: null } as const;
const INCOMING = { direction: 'incoming' } as const;
const TALK = { recording: true } as const;
const PAUSED = { recordingPaused: true } as const;
const PAUSE_FAILURES = ['service-away', 'carrier-refused', 'not-running'] as const;
const OTHER = 'tel:+201112345678';
const SIGNALLING = 'wss://voice-js.roaming.twilio.com/signal';
const LONG = 'مؤسسة عبد الرحمن عبد العظيم المصري للتوريدات العمومية والمقاولات المتكاملة';

const MINE = 'العميل موافق على الاشتراك السنوي. ';
const THEIRS = 'اتصل وسأل عن الفاتورة الأخيرة';

const MINUTE = 60_000;

function callBack(minutes: number, name: string | null, note: string | null): CallBack {
  const number = `+2010012345${String(10 + (Math.abs(minutes) % 90))}`;
  return { callId: `call-back-${minutes}`, number, name, record: true, note, dueAt: Date.now() + minutes * MINUTE };
}

const TO_COME = [
  callBack(25, null, null),
  callBack(
    60 * 24,
    'Sarah Mitchell',
    'Wants the price of ten seats in writing before she decides, and asks about support.',
  ),
  callBack(60 * 24 * 9, 'كريم عبد الله', null),
];
const DUE = [
  callBack(-95, 'منى السيد', 'عايزة عرض سعر لعشر أجهزة قبل ما تاخد قرار، وتعرف الضمان بيغطي إيه بالظبط.'),
  callBack(-3, LONG, null),
];

const NO_MICROPHONE = [
  'microphone-denied',
  'microphone-missing',
  'microphone-not-allowed-here',
  'insecure-page',
  'unsupported-browser',
] as const;

/** What an agent meets in a day. */
const DAILY: readonly ShownFace[] = [
  { name: 'not-set-up', state: stateIn('idle'), notSetUp: true },
  ...REACHES.map((reach) => ({ name: `idle-${reach}`, state: stateIn('idle', {}, { reach }) })),
  ...NO_MICROPHONE.map((reachProblem) => ({
    name: `idle-no-microphone-${reachProblem}`,
    state: stateIn('idle', {}, { reach: 'no-microphone', reachProblem }),
  })),
  { name: 'idle-other-tab', state: stateIn('idle', {}, { reach: 'ready', place: 'other-tab' }) },
  { name: 'idle-phone-window', state: stateIn('idle', {}, { reach: 'ready', place: 'phone-window' }) },
  ...CALLER_IDS.map(({ number }, index) => ({
    name: `idle-caller-id-${index}`,
    state: stateIn('idle', {}, { reach: 'ready' }),
    callerIds: CALLER_IDS,
    chosen: number,
  })),
  { name: 'idle-caller-id', state: stateIn('idle', {}, { reach: 'ready' }), callerIds: CALLER_IDS },
  {
    name: 'idle-caller-id-gone',
    state: stateIn('idle', {}, { reach: 'ready' }),
    callerIds: CALLER_IDS,
    chosen: '+15005550006',
  },
  {
    name: 'idle-call-backs-and-caller-id',
    state: stateIn('idle', {}, { reach: 'ready' }),
    callBacks: [...DUE, ...TO_COME],
    callerIds: CALLER_IDS,
  },
  ...(['away', 'offline', 'no-microphone'] as const).map((reach) => ({
    name: `idle-${reach}-call-backs-and-caller-id`,
    state: stateIn('idle', {}, { reach, ...(reach === 'no-microphone' && { reachProblem: 'microphone-denied' }) }),
    callBacks: [...DUE, ...TO_COME],
    callerIds: CALLER_IDS,
  })),
  { name: 'idle-call-backs', state: stateIn('idle', {}, { reach: 'ready' }), callBacks: TO_COME },
  { name: 'idle-call-backs-due', state: stateIn('idle', {}, { reach: 'ready' }), callBacks: [...DUE, ...TO_COME] },
  { name: 'idle-left-in-call', state: stateIn('idle', {}, { reach: 'ready' }), left: true },
  { name: 'ended-wrapping-up', state: stateIn('ended', {}, { reach: 'away' }), pauses: true },
  ...PHASES.filter((phase) => phase !== 'idle').map((phase) => ({ name: phase, state: stateIn(phase) })),
  { name: 'incoming-line', state: stateIn('incoming', { line: '+20224610000' }) },
  { name: 'ringing-line', state: stateIn('ringing', { line: '+20224610000' }) },
  { name: 'incoming-unknown', state: stateIn('incoming', { name: null }) },
  { name: 'incoming-hidden', state: stateIn('incoming', { name: null, number: '' }) },
  { name: 'incoming-blocked', state: stateIn('incoming', {}, { ring: 'blocked' }) },
  { name: 'incoming-silenced', state: stateIn('incoming', {}, { ring: 'silenced' }) },
  { name: 'incoming-accepting', state: stateIn('incoming', { accepting: true }, { ring: 'off' }) },
  { name: 'recorded', state: stateIn('open', TALK) },
  { name: 'recording-paused', state: stateIn('open', PAUSED) },
  { name: 'recording-paused-muted', state: stateIn('open', { muted: true, ...PAUSED }) },
  { name: 'recording-paused-waiting', state: stateIn('open', PAUSED, { waiting: waitingCall() }) },
  { name: 'recording-pausing', state: stateIn('open', TALK), pausing: 'not-yet' },
  { name: 'recording-resuming', state: stateIn('open', PAUSED), pausing: 'not-yet' },
  ...PAUSE_FAILURES.map((pausing) => ({
    name: `recording-not-paused-${pausing}`,
    state: stateIn('open', TALK),
    pausing,
  })),
  { name: 'recording-not-resumed', state: stateIn('open', PAUSED), pausing: 'service-away' },
  { name: 'muted', state: stateIn('open', { muted: true, ...TALK }) },
  { name: 'open-other-tab', state: stateIn('open', TALK, { place: 'other-tab' }) },
  { name: 'waiting', state: stateIn('open', TALK, { waiting: waitingCall() }) },
  { name: 'waiting-muted', state: stateIn('open', { muted: true, ...TALK }, { waiting: waitingCall() }) },
  { name: 'waiting-missed', state: stateIn('open', TALK, { missed: [waitingCall()] }) },
  { name: 'waiting-accepting', state: stateIn('ending', {}, { waiting: waitingCall({ accepting: true }) }) },
  ...QUALITY_WARNINGS.map((warning) => ({ name: warning, state: stateIn('open', TALK, { warnings: [warning] }) })),
  ...NOTICE_CODES.map((code) => ({
    name: code,
    state: stateIn('open', TALK, { notice: { code, device: 'Jabra Evolve2 65 Mono' } }),
  })),
  { name: 'missed', state: stateIn('ended', { ...INCOMING, ...UNANSWERED }, { outcome: 'missed' }) },
  { name: 'voicemail', state: stateIn('ended', { ...INCOMING, ...UNANSWERED }, { outcome: 'voicemail' }) },
  {
    name: 'dropped',
    state: stateIn('ended', {}, { problem: { code: 'media-lost', carrierCode: 53405 } }),
  },
  { name: 'note', state: stateIn('open', TALK), panel: 'wrap-up' },
  {
    name: 'note-of-two',
    state: stateIn('open', { ...TALK, callId: 'note-of-two' }),
    panel: 'wrap-up',
    notes: { mine: MINE, theirs: THEIRS },
  },
  {
    name: 'note-too-long',
    state: stateIn('ended', { callId: 'note-too-long' }),
    panel: 'wrap-up',
    notes: { mine: MINE.repeat(117), theirs: THEIRS },
  },
  { name: 'recents', state: stateIn('idle', {}, { reach: 'ready' }), panel: 'recents' },
  {
    name: 'call-backs',
    state: stateIn('idle', {}, { reach: 'ready' }),
    panel: 'call-backs',
    callBacks: [...DUE, ...TO_COME],
  },
  { name: 'call-backs-none', state: stateIn('idle', {}, { reach: 'ready' }), panel: 'call-backs' },
  { name: 'call-backs-in-call', state: stateIn('open'), panel: 'call-backs', callBacks: DUE },
  { name: 'audio', state: stateIn('idle', {}, { reach: 'ready' }), panel: 'audio' },
  { name: 'check', state: stateIn('idle', {}, { reach: 'ready' }), panel: 'check' },
  { name: 'more', state: stateIn('idle', {}, { reach: 'ready' }), panel: 'more' },
  { name: 'refused-number', state: stateIn('open', TALK), refused: OTHER },
  { name: 'refused-then-ended', state: stateIn('ended'), refused: OTHER },
  { name: 'refused-incoming', state: stateIn('incoming'), refused: OTHER },
  { name: 'long-name', state: stateIn('open', { name: LONG, ...TALK }, { waiting: waitingCall({ name: LONG }) }) },
];

function failedBy(problem: Problem): DialerState {
  return stateIn('ended', UNANSWERED, { outcome: null, problem });
}

const OVER: readonly ShownFace[] = [
  ...OUTCOMES.filter((outcome) => !['answered', 'missed', 'voicemail'].includes(outcome)).map((outcome) => ({
    name: `ended-${outcome}`,
    state: stateIn('ended', UNANSWERED, { outcome }),
  })),
  ...PROBLEM_CODES.map((code) => ({
    name: `failed-${code}`,
    state: failedBy({ code, carrierCode: null }),
  })),
];

const EXPLAINED: readonly ShownFace[] = [
  {
    name: 'failed-by-policy',
    state: failedBy({ code: 'connection-lost', carrierCode: null }),
    blocked: SIGNALLING,
  },
  { name: 'idle-service-by-policy', state: stateIn('idle', {}, { reach: 'service' }), blocked: SIGNALLING },
  { name: 'failed-with-code', state: failedBy({ code: 'connection-lost', carrierCode: 31005 }) },
  ...[20151, 31206, 31404, 31603].map((carrierCode) => ({
    name: `failed-by-carrier-${carrierCode}`,
    state: failedBy({ code: 'carrier-refused', carrierCode }),
  })),
  {
    name: 'help-microphone',
    state: failedBy({ code: 'microphone-denied', carrierCode: null }),
    panel: 'microphone',
  },
  { name: 'help-none-needed', state: stateIn('idle', {}, { reach: 'ready' }), panel: 'microphone' },
];

const REFUSED: ShownFace = {
  name: 'refused',
  state: stateIn('idle', {}, { problem: { code: 'number-invalid', carrierCode: null } }),
};

/** A call below a panel. */
const BELOW: readonly ShownFace[] = [
  'recording-paused',
  'recording-not-paused-service-away',
  'muted',
  'waiting',
  'waiting-accepting',
  'not-heard-microphone',
  'microphone-lost',
  'device-found',
  'reconnecting',
  'refused-number',
  'long-name',
].flatMap((name) =>
  DAILY.filter((face) => face.name === name).map((face) => ({ ...face, name: `note-${name}`, panel: 'wrap-up' })),
);

const SMALL: readonly ShownFace[] = [
  'idle-off',
  'idle-away',
  'idle-offline',
  'idle-call-backs-due',
  'dialing',
  'ringing',
  'incoming',
  'incoming-accepting',
  'incoming-blocked',
  'incoming-silenced',
  'recorded',
  'recording-paused',
  'recording-paused-muted',
  'muted',
  'waiting',
  'waiting-missed',
  'not-heard-microphone',
  'microphone-lost',
  'refused-number',
  'reconnecting',
  'ending',
  'ended',
  'missed',
  'long-name',
].flatMap((name) =>
  DAILY.filter((face) => face.name === name).map((face) => ({ ...face, name: `pill-${name}`, collapsed: true })),
);

/** Everything the element can look like: what the tests go through, and what pictures are taken of. */
export const FACES: readonly ShownFace[] = [...DAILY, REFUSED, ...OVER, ...EXPLAINED, ...BELOW, ...SMALL];
