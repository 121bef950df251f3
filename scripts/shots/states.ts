import { PHASES, PROBLEM_CODES, type DialerState } from '../../widget/core/state.ts';
import { stateIn } from '../../widget/element/testing/scripted-dialer.ts';

/** Something a person does in the element before it is photographed. */
export type Step = { readonly press: string } | { readonly write: string; readonly into: string };

/** One picture: how the phone is, and what was opened on it. */
export interface Shot {
  /** Also its file name. */
  readonly name: string;
  readonly state: DialerState;
  /** Attributes and properties of the element besides those that set it up. */
  readonly properties?: Readonly<Record<string, unknown>>;
  /** In order, by the parts of the element. */
  readonly steps?: readonly Step[];
  /** Shown as a pill. */
  readonly pill?: boolean;
  /** The page has not set the element up. */
  readonly bare?: boolean;
  /** What the page puts into the slot `customer`. */
  readonly customer?: string;
  /** Also photographed in forced colours. */
  readonly forced?: boolean;
}

const LONG_NAME = { name: 'شركة المقاولون العرب للصيانة والتركيبات الكهربائية', number: '+201234567890' };

const phases: Shot[] = PHASES.map((phase) => ({
  name: phase,
  state: stateIn(phase),
  forced: phase === 'open' || phase === 'idle' || phase === 'incoming',
}));

const calls: Shot[] = [
  { name: 'idle-number', state: stateIn('idle'), steps: [{ write: '01001234567', into: 'field' }] },
  { name: 'open-muted', state: stateIn('open', { muted: true }) },
  { name: 'open-keypad', state: stateIn('open'), steps: [{ press: 'keypad-button' }] },
  { name: 'open-no-name', state: stateIn('open', { name: null }) },
  { name: 'open-long-name', state: stateIn('open', LONG_NAME) },
  { name: 'open-customer', state: stateIn('open'), customer: 'عميل من ٢٠١٩ · ٣ أجهزة' },
  { name: 'reconnecting-muted', state: stateIn('reconnecting', { muted: true }) },
];

const outcomes: Shot[] = (['busy', 'no-answer', 'declined', 'not-in-service', 'canceled', 'failed'] as const).map(
  (outcome) => ({ name: `ended-${outcome}`, state: stateIn('ended', { openedAt: null }, { outcome }) }),
);

/** Every problem, as the verdict on a call that could not be made. */
const problems: Shot[] = PROBLEM_CODES.map((code) => ({
  name: `problem-${code}`,
  state: stateIn(
    'ended',
    { openedAt: null, ringingAt: null },
    { outcome: 'failed', problem: { code, carrierCode: null } },
  ),
}));

const pills: Shot[] = (['idle', 'ringing', 'incoming', 'open', 'reconnecting', 'ended'] as const).map((phase) => ({
  name: `pill-${phase}`,
  state: stateIn(phase),
  pill: true,
  forced: phase === 'open',
}));

/** Every state of the dialer. A new one is a new line here: a DialerState, and the parts to press on the way to it. */
export const SHOTS: readonly Shot[] = [
  { name: 'set-up-needed', state: stateIn('idle'), bare: true },
  ...phases,
  ...calls,
  ...outcomes,
  ...problems,
  ...pills,
];
