import type { TemplateResult } from 'lit';
import { INCOMING } from '../icons.ts';
import { call } from './call.ts';
import type { CallFace } from './face.ts';

/** A customer calls: who. */
export function incoming(face: CallFace): TemplateResult {
  return call(face, { icon: INCOMING });
}
