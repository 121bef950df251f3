import type { TemplateResult } from 'lit';
import { OUTGOING } from '../icons.ts';
import { call } from './call.ts';
import type { CallFace } from './face.ts';

/** Asked for; the far end does not ring yet. */
export function dialing(face: CallFace): TemplateResult {
  return call(face, { icon: OUTGOING, hangUp: true });
}
