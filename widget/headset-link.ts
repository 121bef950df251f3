import type { Handset } from './core/dialer.ts';
import { createHeadset } from './phone/headset/headset.ts';
import { headsetPickedBefore } from './phone/headset/picked-before.ts';

/** Joins a headset's buttons and lamps to the phone, wherever that is. Asks nobody until `connect`. */
export function linkHeadset(phone: Pick<Handset, 'answer' | 'decline' | 'hangUp' | 'mute' | 'getState' | 'subscribe'>) {
  const isRinging = () => phone.getState().phase === 'incoming';
  const headset = createHeadset({
    onAnswer: () => phone.answer(),
    onHangUp: () => (isRinging() ? phone.decline() : phone.hangUp()),
    onMute: (on) => phone.mute(on),
  });
  const show = () => {
    const { phase, call, waiting } = phone.getState();
    const inCall = ['dialing', 'ringing', 'open', 'reconnecting'].includes(phase);
    headset.show({ ringing: isRinging() || waiting !== null, inCall, muted: call?.muted ?? false });
  };
  const stop = phone.subscribe(show);
  show();
  if (headsetPickedBefore()) void headset.restore();
  return {
    /** In a click: lets the agent pick one. */
    connect: () => void headset.connect().catch(() => {}),
    close() {
      stop();
      headset.close();
    },
  };
}
