import type { TemplateResult } from 'lit';
import { CALL } from '../icons.ts';
import { call } from './call.ts';
import type { CallFace } from './face.ts';
import { timer } from './timer.ts';

/** Both can talk. */
export function open(face: CallFace): TemplateResult {
  return call(face, {
    icon: CALL,
    timer: timer(face.t, face.call.openedAt, null),
    controls: true,
    hangUp: true,
  });
}
