import type { TemplateResult } from 'lit';
import { OUTGOING } from '../icons.ts';
import { call } from './call.ts';
import type { CallFace } from './face.ts';
import { timer } from './timer.ts';

/** The customer's phone rings, and for how long. */
export function ringing(face: CallFace): TemplateResult {
  return call(face, {
    icon: OUTGOING,
    timer: timer(face.t, face.call.ringingAt, null),
    hangUp: true,
  });
}
