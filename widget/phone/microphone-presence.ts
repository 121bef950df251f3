import type { ProblemCode } from '../core/state.ts';
import { microphoneAllowedHere } from './microphone-trouble.ts';
import { enumerateDevices } from '../web-rtc.ts';

/** What no permission and no headset can mend. */
function hopeless(mediaDevices: MediaDevices | undefined): ProblemCode | null {
  if (!isSecureContext) return 'insecure-page';
  if (!mediaDevices) return 'unsupported-browser';
  return microphoneAllowedHere() ? null : 'microphone-not-allowed-here';
}

/**
 * Tells what keeps a call from being answered: the page may use no microphone, or there is none; null when nothing does.
 * Asks nobody for anything. Returns what ends the watch.
 */
export function watchMicrophone(report: (problem: ProblemCode | null) => void): () => void {
  const { mediaDevices, permissions } = navigator as { mediaDevices?: MediaDevices; permissions?: Permissions };
  let status: PermissionStatus | undefined;
  let ended = false;
  const look = async () => {
    const devices = await enumerateDevices().catch(() => null);
    if (ended) return;
    // Where devices cannot be listed, the call itself must show.
    const present = !devices || devices.some(({ kind }) => kind === 'audioinput');
    const denied = status?.state === 'denied' ? 'microphone-denied' : null;
    report(hopeless(mediaDevices) ?? denied ?? (present ? null : 'microphone-missing'));
  };
  const again = () => void look();
  mediaDevices?.addEventListener?.('devicechange', again);
  const ask = async () => {
    // Firefox before 132 and Safari before 16 do not know the name.
    status = await permissions?.query({ name: 'microphone' }).catch(() => undefined);
    if (ended) return;
    status?.addEventListener?.('change', again);
    await look();
  };
  void ask();
  return () => {
    ended = true;
    mediaDevices?.removeEventListener?.('devicechange', again);
    status?.removeEventListener?.('change', again);
  };
}
