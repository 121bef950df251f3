import { html, nothing, type TemplateResult } from 'lit';
import type { ProblemCode } from '../../core/state.ts';
import type { Messages, Verdict } from '../../locales/messages.ts';
import type { PanelMessages } from '../../locales/panels-messages.ts';
import { hasMicrophoneHelp } from '../panels/microphone-help.ts';
import type { SupportCopy } from '../panels/support-copy.ts';
import { callReport, surroundings } from '../panels/support-report.ts';
import { banner } from '../views/banner.ts';
import type { CallFace, FullFace } from '../views/face.ts';
import { carrierCode } from '../views/verdict.ts';
import { UNREACHED } from './page-policy.ts';

/** What is known besides the state: the words, the page's policy, and what is on the clipboard. */
export interface Known {
  readonly words: PanelMessages;
  /** `connect-src https://…`, where the page's policy has refused the dialer something; else empty. */
  readonly refused: string;
  readonly copy: SupportCopy;
}

/** What an agent cannot mend, also where the carrier gave no number. */
const FOR_SUPPORT: ReadonlySet<ProblemCode> = new Set([
  'service-unreachable',
  'access-token-invalid',
  'connection-lost',
  'media-lost',
  'carrier-refused',
  'content-policy',
  'unsupported-browser',
  'unknown',
]);

/** Voice SDK errors that an operator has to mend. Twilio: Error and warning dictionary. */
const CARRIER_REASONS: readonly (readonly [keyof PanelMessages['asides']['carrierReasons'], readonly number[]])[] = [
  ['account', [20151, 31201, 31203]],
  ['tooMany', [10004, 31206]],
  ['noApplication', [31001]],
  ['blocked', [13225]],
  ['notFound', [31404]],
  ['noInstructions', [31603]],
];

function howButton({ desk }: FullFace, words: PanelMessages): TemplateResult {
  return html`<button class="slim how" @click=${() => desk.openPanel('microphone')}>${words.asides.showHow}</button>`;
}

/** `connect-src https://…`, each of the two in one piece where there is room. */
function directive(refused: string): TemplateResult {
  const end = refused.indexOf(' ') + 1;
  return html`<code dir="ltr">${refused.slice(0, end)}<span>${refused.slice(end)}</span></code>`;
}

/** The page's policy keeps the ringtone from sounding. */
export function ringRefused(t: Messages, refused: string): TemplateResult {
  return banner(
    { title: t.ringBlocked.title, advice: t.problems['content-policy'].advice },
    nothing,
    directive(refused),
  );
}

/** Why customers' calls do not reach the agent, where more is known than that; null where it is not. */
export function unreachable(face: FullFace, { words, refused }: Known): TemplateResult | null {
  const { t, state } = face;
  const { reach, reachProblem } = state;
  if (reach === 'service' && refused) return banner(t.problems['content-policy'], nothing, directive(refused));
  if (reach !== 'no-microphone' || !reachProblem) return null;
  const { title } = t.unreachable[reach];
  const cause = t.problems[reachProblem];
  return hasMicrophoneHelp(reachProblem, words)
    ? banner({ title, advice: `${cause.title}.` }, nothing, howButton(face, words))
    : banner({ title, advice: `${cause.title}. ${cause.advice}` });
}

/** The reason behind the phone's own: the page's policy, or what the carrier's number means; null where none is known. */
export function reasonOf({ t, state }: FullFace, { words, refused }: Known): Verdict | null {
  const { code, carrierCode } = state.problem ?? {};
  if (refused && UNREACHED.has(code)) return t.problems['content-policy'];
  if (code !== 'carrier-refused') return null;
  const reason = CARRIER_REASONS.find(([, numbers]) => numbers.includes(carrierCode ?? 0))?.[0];
  return reason ? words.asides.carrierReasons[reason] : null;
}

/** A report of the call to be copied: by a button with words, or by an icon. */
export function copying({ state, call }: CallFace, known: Known, label: boolean): TemplateResult | null {
  const { words, refused, copy } = known;
  const { problem } = state;
  if (!problem || !(problem.carrierCode || FOR_SUPPORT.has(problem.code))) return null;
  const report = () => callReport(call, problem, UNREACHED.has(problem.code) ? refused : '', surroundings());
  return html`${copy.button(words, report, label ? 'slim copy' : 'icon', label)}${copy.result(words)}`;
}

/** What helps with a call that failed: the way to the steps, the directive for the page's owner, a report for support. */
export function remedy(face: CallFace, known: Known): TemplateResult {
  const { t, state } = face;
  const { code } = state.problem!;
  if (hasMicrophoneHelp(code, known.words)) return howButton(face, known.words);
  return html`${known.refused && UNREACHED.has(code) ? directive(known.refused) : nothing}${carrierCode(t, state)}
  ${copying(face, known, true)}`;
}
