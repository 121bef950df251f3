import type { PhoneFact } from '../core/events.ts';
import type { Notice } from '../core/reach.ts';
import { audioSettings } from './audio/audio-settings.ts';
import { watchDevices } from './audio/device-watch.ts';
import { DEFAULT_ID } from './audio/remembered.ts';
import { requestMicrophone, type Microphone } from './microphone.ts';
import type { TwilioPhone } from './twilio-phone.ts';

export interface CallDevicesOptions {
  phone: Pick<TwilioPhone, 'replaceMicrophone' | 'useSpeaker'>;
  microphone: Pick<Microphone, 'inUse'>;
  report: (notice: Notice) => void;
}

/** Keeps a call on the agent's devices: those that are chosen, and those that are left when one is pulled out. */
export class CallDevices {
  readonly #options: CallDevicesOptions;
  #stop: (() => void) | undefined;

  constructor(options: CallDevicesOptions) {
    this.#options = options;
  }

  /** To be told of every fact of the phone. */
  heed({ type }: PhoneFact): void {
    if (type === 'call-opened' || type === 'connection-restored') this.#stop ??= this.#watch();
    if (type !== 'call-ended' && type !== 'call-failed') return;
    this.#stop?.();
    this.#stop = undefined;
  }

  #watch(): () => void {
    const { phone, microphone, report } = this.#options;
    // A device that cannot be had is told of by its next change; the call goes on as it is.
    const use = (attempt: Promise<void>) => void attempt.catch(() => {});
    const { speaker } = audioSettings();
    if (speaker.id !== DEFAULT_ID) use(phone.useSpeaker(speaker.id));
    return watchDevices({
      chosen: audioSettings,
      useMicrophone(id) {
        microphone.inUse = id;
        use(requestMicrophone(id).then((stream) => phone.replaceMicrophone(stream)));
      },
      useSpeaker: (id) => use(phone.useSpeaker(id)),
      report,
    });
  }
}
