import { NOTICE_CODES, QUALITY_WARNINGS, REACHES } from '../../core/reach.ts';
import { OUTCOMES, PHASES, PROBLEM_CODES, type DialerState } from '../../core/state.ts';
import type { PanelName } from '../panels/panel.ts';
import { stateIn, waitingCall } from './scripted-dialer.ts';

/** One thing the element can look like. */
export interface ShownFace {
  readonly name: string;
  readonly state: DialerState;
  readonly collapsed?: boolean;
  readonly panel?: PanelName;
  /** The page has not said enough yet: the element is shown without its attributes. */
  readonly notSetUp?: boolean;
}

const UNANSWERED = { openedAt: null } as const;
const INCOMING = { direction: 'incoming' } as const;
const TALK = { recording: true } as const;
const LONG = 'مؤسسة عبد الرحمن عبد العظيم المصري للتوريدات العمومية والمقاولات المتكاملة';

/** What an agent meets in a day. */
const DAILY: readonly ShownFace[] = [
  { name: 'not-set-up', state: stateIn('idle'), notSetUp: true },
  ...REACHES.map((reach) => ({ name: `idle-${reach}`, state: stateIn('idle', {}, { reach }) })),
  { name: 'idle-other-tab', state: stateIn('idle', {}, { reach: 'ready', place: 'other-tab' }) },
  { name: 'idle-phone-window', state: stateIn('idle', {}, { reach: 'ready', place: 'phone-window' }) },
  ...PHASES.filter((phase) => phase !== 'idle').map((phase) => ({ name: phase, state: stateIn(phase) })),
  { name: 'incoming-line', state: stateIn('incoming', { line: '+20224610000' }) },
  { name: 'ringing-line', state: stateIn('ringing', { line: '+20224610000' }) },
  { name: 'incoming-unknown', state: stateIn('incoming', { name: null }) },
  { name: 'incoming-hidden', state: stateIn('incoming', { name: null, number: '' }) },
  { name: 'incoming-blocked', state: stateIn('incoming', {}, { ring: 'blocked' }) },
  { name: 'incoming-silenced', state: stateIn('incoming', {}, { ring: 'silenced' }) },
  { name: 'incoming-accepting', state: stateIn('incoming', { accepting: true }, { ring: 'off' }) },
  { name: 'recorded', state: stateIn('open', TALK) },
  { name: 'muted', state: stateIn('open', { muted: true, ...TALK }) },
  { name: 'open-other-tab', state: stateIn('open', TALK, { place: 'other-tab' }) },
  { name: 'waiting', state: stateIn('open', TALK, { waiting: waitingCall() }) },
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
  { name: 'recents', state: stateIn('idle', {}, { reach: 'ready' }), panel: 'recents' },
  { name: 'audio', state: stateIn('idle', {}, { reach: 'ready' }), panel: 'audio' },
  { name: 'check', state: stateIn('idle', {}, { reach: 'ready' }), panel: 'check' },
  { name: 'more', state: stateIn('idle', {}, { reach: 'ready' }), panel: 'more' },
  { name: 'long-name', state: stateIn('open', { name: LONG, ...TALK }, { waiting: waitingCall({ name: LONG }) }) },
];

const OVER: readonly ShownFace[] = [
  ...OUTCOMES.filter((outcome) => !['answered', 'missed', 'voicemail'].includes(outcome)).map((outcome) => ({
    name: `ended-${outcome}`,
    state: stateIn('ended', UNANSWERED, { outcome }),
  })),
  ...PROBLEM_CODES.map((code) => ({
    name: `failed-${code}`,
    state: stateIn('ended', UNANSWERED, { outcome: null, problem: { code, carrierCode: null } }),
  })),
];

const REFUSED: ShownFace = {
  name: 'refused',
  state: stateIn('idle', {}, { problem: { code: 'number-invalid', carrierCode: null } }),
};

const SMALL: readonly ShownFace[] = [
  'idle-off',
  'idle-away',
  'idle-offline',
  'dialing',
  'ringing',
  'incoming',
  'incoming-accepting',
  'recorded',
  'muted',
  'waiting',
  'reconnecting',
  'ending',
  'ended',
  'missed',
  'long-name',
].flatMap((name) =>
  DAILY.filter((face) => face.name === name).map((face) => ({ ...face, name: `pill-${name}`, collapsed: true })),
);

/** Everything the element can look like: what the tests go through, and what pictures are taken of. */
export const FACES: readonly ShownFace[] = [...DAILY, REFUSED, ...OVER, ...SMALL];
