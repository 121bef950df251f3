import { html, nothing, type TemplateResult } from 'lit';
import type { ProblemCode } from '../../core/state.ts';
import type { Verdict } from '../../locales/messages.ts';
import type { PanelMessages } from '../../locales/panels-messages.ts';
import { hasMicrophoneHelp } from '../panels/microphone-help.ts';
import type { SupportCopy } from '../panels/support-copy.ts';
import { callReport, surroundings } from '../panels/support-report.ts';
import { banner } from '../views/banner.ts';
import type { CallFace, FullFace } from '../views/face.ts';
import { carrierCode } from '../views/verdict.ts';

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
  ['tooMany', [31206]],
  ['notFound', [31001, 31404]],
  ['noInstructions', [31603]],
];

function howButton({ desk }: FullFace, words: PanelMessages): TemplateResult {
  return html`<button class="slim how" @click=${() => desk.openPanel('microphone')}>${words.asides.showHow}</button>`;
}

/** Why customers' calls do not reach the agent, where it is for want of a microphone; null where it is not. */
export function unreachable(face: FullFace, words: PanelMessages): TemplateResult | null {
  const { reach, reachProblem } = face.state;
  if (reach !== 'no-microphone' || !reachProblem) return null;
  const { title } = face.t.unreachable[reach];
  const cause = face.t.problems[reachProblem];
  return hasMicrophoneHelp(reachProblem, words)
    ? banner({ title, advice: `${cause.title}.` }, nothing, howButton(face, words))
    : banner({ title, advice: `${cause.title}. ${cause.advice}` });
}

/** A report of the call to be copied: by a button with words, or by an icon. */
export function copying(
  { state, call }: CallFace,
  words: PanelMessages,
  copy: SupportCopy,
  label: boolean,
): TemplateResult {
  const { problem } = state;
  if (!problem || !(problem.carrierCode || FOR_SUPPORT.has(problem.code))) return html``;
  const report = () => callReport(call, problem, surroundings());
  return html`${copy.button(words, report, label ? 'slim copy' : 'icon', label)}${copy.result(words)}`;
}

/** `connect-src https://…`, each of the two in one piece where there is room. */
function directive(detail: string): TemplateResult {
  const [name, ...sources] = detail.split(' ');
  return html`<code dir="ltr">${name} <span>${sources.join(' ')}</span></code>`;
}

/** The carrier's own reason, where its number says more than that it refused; null where it does not. */
export function reasonOf({ state }: FullFace, words: PanelMessages): Verdict | null {
  const { code, carrierCode } = state.problem ?? {};
  const { carrierReasons } = words.asides;
  if (code !== 'carrier-refused') return null;
  const reason = CARRIER_REASONS.find(([, numbers]) => numbers.includes(carrierCode ?? 0))?.[0];
  return reason ? carrierReasons[reason] : null;
}

/** What helps with a call that failed: the way to the steps, the directive for the page's owner, a report for support. */
export function remedy(face: CallFace, words: PanelMessages, copy: SupportCopy): TemplateResult {
  const { t, state } = face;
  const { code, detail } = state.problem!;
  if (hasMicrophoneHelp(code, words)) return howButton(face, words);
  return html`${detail ? directive(detail) : nothing}${carrierCode(t, state)} ${copying(face, words, copy, true)}`;
}
