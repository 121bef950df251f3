import type { TemplateResult } from 'lit';
import { HANG_UP } from '../icons.ts';
import { call } from './call.ts';
import type { CallFace } from './face.ts';
import { timer } from './timer.ts';

/** Hang-up asked for: nothing more to press until the carrier says how it ended. */
export function ending(face: CallFace): TemplateResult {
  const { openedAt, endedAt } = face.call;
  return call(face, { icon: HANG_UP, timer: timer(face.t, openedAt, endedAt) });
}
