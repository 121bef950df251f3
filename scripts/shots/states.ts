import type { DialerState } from '../../widget/core/state.ts';
import { stateIn } from '../../widget/testing/state-in.ts';
import { FACES, type ShownFace } from '../../widget/element/testing/faces.ts';

/** Something a person does in the element before it is photographed. */
export type Step = { readonly press: string } | { readonly write: string; readonly into: string };

/** One picture: how the phone is, and what was opened on it. */
export interface Shot extends ShownFace {
  readonly state: DialerState;
  /** In order, by the parts of the element. */
  readonly steps?: readonly Step[];
  /** What the page puts into the slot `customer`. */
  readonly customer?: string;
  /** How loud the agent speaks, 0 to 1. */
  readonly level?: number;
  /** Also photographed in forced colours. */
  readonly forced?: boolean;
}

const FORCED: ReadonlySet<string> = new Set([
  'idle-ready',
  'idle-caller-id',
  'incoming',
  'open',
  'muted',
  'recording-paused',
  'waiting',
  'pill-open',
  'check',
]);

/** Every face that the tests know, and what only a press or a page's own content brings about. */
export const SHOTS: readonly Shot[] = [
  ...FACES.map((face) => ({ ...face, forced: FORCED.has(face.name) })),
  { name: 'idle-number', state: stateIn('idle'), steps: [{ write: '01001234567', into: 'field' }] },
  { name: 'open-keypad', state: stateIn('open'), steps: [{ press: 'keypad-button' }] },
  {
    name: 'recording-paused-keypad',
    state: stateIn('open', { recordingPaused: true }),
    steps: [{ press: 'keypad-button' }],
  },
  { name: 'open-speaking', state: stateIn('open', { recording: true }), level: 0.6 },
  { name: 'open-no-name', state: stateIn('open', { name: null }) },
  { name: 'open-customer', state: stateIn('open'), customer: 'عميل من ٢٠١٩ · ٣ أجهزة' },
];
