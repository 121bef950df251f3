import type { Handset } from './core/dialer.ts';
import { HolderLock } from './one-phone/holder-lock.ts';
import { createHeadset } from './phone/headset/headset.ts';
import { headsetPickedBefore } from './phone/headset/picked-before.ts';

/** The browser gives every tab of this origin each button: of two tabs that hear one push, the later undoes the first. */
const LOCK = 'almasar-dialer:headset';

/** Joins a headset's buttons and lamps to the phone, wherever that is. Asks nobody until `connect`. One tab does it for all. */
export function linkHeadset(phone: Pick<Handset, 'answer' | 'decline' | 'hangUp' | 'mute' | 'getState' | 'subscribe'>) {
  const isRinging = () => phone.getState().phase === 'incoming';
  const headset = createHeadset({
    onAnswer: () => phone.answer(),
    onHangUp: () => (isRinging() ? phone.decline() : phone.hangUp()),
    onMute: (on) => phone.mute(on),
  });
  const turn = new HolderLock(LOCK, navigator.locks, {
    onHeld: () => void headset.restore(),
    onStolen: () => headset.release(),
  });
  const show = () => {
    const { phase, call, waiting } = phone.getState();
    const inCall = ['dialing', 'ringing', 'open', 'reconnecting'].includes(phase);
    headset.show({ ringing: isRinging() || waiting !== null, inCall, muted: call?.muted ?? false });
  };
  const stop = phone.subscribe(show);
  show();
  if (headsetPickedBefore()) void turn.take();
  return {
    /** In a click: lets the agent pick one. */
    async connect(): Promise<void> {
      if ((await headset.connect()) && !turn.held) await turn.steal();
    },
    close() {
      stop();
      headset.close();
      turn.release();
    },
  };
}
