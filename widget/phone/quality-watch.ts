import type { PhoneFact } from '../core/events.ts';
import { tellLevel } from './call-level.ts';
import { hearQuality, startQuality, warningsOf, type Quality, type QualityFact } from './call-quality.ts';
import type { PhoneCall } from './phone-call.ts';

/** Reports what is wrong with the sound of an open call, whenever that changes. Ends with the call. */
export function watchQuality(open: PhoneCall, report: (fact: PhoneFact) => void): void {
  const { call, callId } = open;
  if (!call) return;
  let quality: Quality = startQuality(performance.now());
  let told = '';
  const hear = (fact: QualityFact) => {
    if (open.stage !== 'open') return;
    quality = hearQuality(quality, fact);
    const warnings = Object.freeze(warningsOf(quality, fact.at));
    if (told === warnings.join()) return;
    told = warnings.join();
    report({ type: 'warnings-changed', callId, warnings });
  };
  const isDead = () => {
    const [track] = open.stream?.getAudioTracks() ?? [];
    return !track || track.muted || track.readyState === 'ended';
  };
  const now = () => performance.now();
  hear({ type: 'muted', on: call.isMuted(), at: now() });
  call.on('warning', (name) => hear({ type: 'warning', name, on: true, at: now() }));
  call.on('warning-cleared', (name) => hear({ type: 'warning', name, on: false, at: now() }));
  call.on('mute', (on) => hear({ type: 'muted', on, at: now() }));
  call.on('volume', (input) => {
    tellLevel(input);
    hear({ type: 'volume', input, at: now() });
  });
  call.on('sample', ({ packetsReceived }) => hear({ type: 'sample', packetsReceived, dead: isDead(), at: now() }));
}
