import type { TemplateResult } from 'lit';
import { dialing } from './dialing.ts';
import { ended } from './ended.ts';
import { ending } from './ending.ts';
import type { Face } from './face.ts';
import { idle } from './idle.ts';
import { incoming } from './incoming.ts';
import { open } from './open.ts';
import { reconnecting } from './reconnecting.ts';
import { ringing } from './ringing.ts';
import { setup } from './setup.ts';

/** The view of the phase. A phase without one does not compile. */
export function viewOf(face: Face): TemplateResult {
  const { phase, call } = face.state;
  if (!call) return face.missing ? setup(face) : idle(face);
  const inCall = { ...face, call };
  switch (phase) {
    case 'idle':
      return idle(face);
    case 'dialing':
      return dialing(inCall);
    case 'ringing':
      return ringing(inCall);
    case 'incoming':
      return incoming(inCall);
    case 'open':
      return open(inCall);
    case 'reconnecting':
      return reconnecting(inCall);
    case 'ending':
      return ending(inCall);
    case 'ended':
      return ended(inCall);
    default:
      return phase satisfies never;
  }
}
