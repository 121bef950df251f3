import type { TemplateResult } from 'lit';
import { OUTGOING } from '../icons.ts';
import { call } from './call.ts';
import { emblem } from './emblem.ts';
import type { CallFace } from './face.ts';

/** Asked for; the far end does not ring yet. */
export function dialing(face: CallFace): TemplateResult {
  return call(face, { emblem: emblem(OUTGOING, 'accent'), hangUp: true });
}
