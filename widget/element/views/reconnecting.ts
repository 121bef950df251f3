import type { TemplateResult } from 'lit';
import { CALL } from '../icons.ts';
import { banner } from './banner.ts';
import { call } from './call.ts';
import type { CallFace } from './face.ts';
import { timer } from './timer.ts';

/** The call is on but nobody hears; the time goes on, as it does on the bill. */
export function reconnecting(face: CallFace): TemplateResult {
  return call(face, {
    banner: banner({ title: face.t.phases.reconnecting, advice: face.t.callGoesOn }),
    icon: CALL,
    timer: timer(face.t, face.call.openedAt, null),
    controls: true,
    hangUp: true,
  });
}
