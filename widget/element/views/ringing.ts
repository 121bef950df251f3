import type { TemplateResult } from 'lit';
import { OUTGOING } from '../icons.ts';
import { call } from './call.ts';
import { emblem } from './emblem.ts';
import type { CallFace } from './face.ts';
import { timer } from './timer.ts';

/** The customer's phone rings, and for how long. */
export function ringing(face: CallFace): TemplateResult {
  return call(face, {
    emblem: emblem(OUTGOING, 'accent'),
    timer: timer(face.t, face.call.ringingAt, null),
    hangUp: true,
  });
}
