import { html, type TemplateResult } from 'lit';
import type { Notice } from '../../core/reach.ts';
import { CLOSE } from '../first-icons.ts';
import { banner, notice } from './banner.ts';
import type { FullFace } from './face.ts';
import { who } from './who.ts';

function closeButton({ t }: FullFace, close: () => void): TemplateResult {
  return html`<button class="icon" aria-label=${t.close} @click=${close}>${CLOSE}</button>`;
}

function deviceNotice(face: FullFace, { code, device }: Notice): TemplateResult {
  const { t, dialer } = face;
  const words = t.notices[code];
  const close = closeButton(face, () => dialer?.dismissNotice());
  if (code === 'microphone-lost') return banner(words, close, html`<br /><bdi>${device}</bdi>`);
  const use = code === 'device-found' ? face.asides?.found(face, device) : undefined;
  return notice(words, close, html`<br /><bdi>${device}</bdi>${use}`);
}

/** What there is to say beside what the phone is doing, the most pressing first. */
export function notes(face: FullFace): readonly unknown[] {
  const { t, state, missing } = face;
  const { phase, problem, reach, ring, warnings, missed, notice: device } = state;
  const said: unknown[] = [];
  if (phase === 'incoming' && ring === 'blocked') said.push(face.asides?.ringBlocked(face) ?? banner(t.ringBlocked));
  if (phase === 'reconnecting') said.push(banner({ title: t.phases.reconnecting, advice: t.callGoesOn }));
  else if (warnings[0]) said.push(banner(t.warnings[warnings[0]]));
  if (problem && phase !== 'ended') said.push(banner(t.problems[problem.code], closeButton(face, face.dismiss)));
  if (phase === 'idle' && !missing) {
    // The header says that the agent is away, as the agent has chosen: a quiet line says what follows.
    if (reach === 'away') said.push(html`<p class="muted elsewhere">${t.unreachable.away.advice}</p>`);
    else if (reach === 'connecting') said.push(notice(t.unreachable.connecting));
    else if (reach !== 'off' && reach !== 'ready')
      said.push(face.asides?.unreachable(face) ?? banner(t.unreachable[reach]));
  }
  for (const call of missed) said.push(notice({ title: t.outcomes.missed.title, advice: who(t, call) }));
  if (device) said.push(deviceNotice(face, device));
  return [...said, ...(face.asides?.notes(face) ?? [])];
}
