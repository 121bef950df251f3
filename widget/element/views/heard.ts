import type { DialerState } from '../../core/state.ts';
import { conversationSeconds } from '../call-events.ts';
import { lengthOf } from '../length-of.ts';
import type { Heard } from '../live-regions.ts';
import { isolated, plainlyHeard } from '../live-regions.ts';
import { inNumerals } from '../numerals.ts';
import type { FullFace } from './face.ts';
import { verdictOf } from './verdict.ts';
import { who } from './who.ts';

function sentences(...parts: readonly (string | undefined)[]): string {
  return parts.filter(Boolean).join('. ');
}

function overOf(face: FullFace): string {
  const { t, numerals, state, asides } = face;
  const verdict = asides?.reason(face) ?? verdictOf(t, state);
  const seconds = state.call ? conversationSeconds(state.call) : 0;
  const length = seconds ? inNumerals(numerals, t.duration(lengthOf(seconds))) : '';
  return sentences(verdict?.title, length, verdict?.advice);
}

/** What nobody may miss: trouble, and customers who call. */
function urgent(face: FullFace): string {
  const { t, state } = face;
  const { phase, problem, waiting, missed, warnings, notice } = state;
  const said: (string | undefined)[] = [];
  if (waiting) said.push(`${t.waiting} ${isolated(who(t, waiting))}`);
  for (const call of missed) said.push(`${t.outcomes.missed.title} ${isolated(who(t, call))}`);
  if (problem) said.push(overOf(face));
  if (phase === 'reconnecting') said.push(`${t.phases.reconnecting} ${t.callGoesOn}`);
  else if (warnings[0]) said.push(t.warnings[warnings[0]].title, t.warnings[warnings[0]].advice);
  if (notice?.code === 'microphone-lost') {
    said.push(`${t.notices[notice.code].title}. ${t.notices[notice.code].advice} ${isolated(notice.device)}`);
  }
  return sentences(...said);
}

function reachOf({ t, state }: FullFace): string {
  const { reach, reachProblem, notice } = state;
  if (notice && notice.code !== 'microphone-lost') return sentences(t.notices[notice.code].title, notice.device);
  if (reach === 'off') return '';
  if (reach === 'ready') return t.phases.idle;
  const { title, advice } = t.unreachable[reach];
  return sentences(title, reachProblem ? t.problems[reachProblem].title : advice);
}

function quietly(phase: DialerState['phase'], face: FullFace): string {
  if (phase === 'ended') return overOf(face);
  const aside = face.asides?.heard(face);
  if (aside) return aside;
  return phase === 'idle' ? reachOf(face) : plainlyHeard(face).polite;
}

/** What changed, for those who listen. */
export function heard(face: FullFace): Heard {
  const { phase } = face.state;
  const known = phase === 'incoming' ? plainlyHeard(face).assertive : urgent(face);
  const assertive = sentences(known, face.asides?.alert(face));
  const broken = face.state.problem || phase === 'reconnecting';
  return { assertive, polite: broken || phase === 'incoming' ? '' : quietly(phase, face) };
}
