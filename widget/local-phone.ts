import type { PhoneFact } from './core/events.ts';
import type { Phone } from './core/phone.ts';
import type { CallDevices } from './phone/call-devices.ts';
import { Microphone } from './phone/microphone.ts';
import { TwilioPhone, type TwilioPhoneOptions } from './phone/twilio-phone.ts';

/** Twilio's phone on this computer's devices; what a first call does not need is loaded once a call is open. */
export function createLocalPhone(
  options: Omit<TwilioPhoneOptions, 'report' | 'microphone' | 'loadRinger'>,
  report: (fact: PhoneFact) => void,
): Phone {
  let devices: Promise<CallDevices | undefined> | undefined;
  const microphone = new Microphone((notice) => report({ type: 'device-changed', notice }));
  const phone: TwilioPhone = new TwilioPhone({
    ...options,
    microphone,
    loadRinger: async () => (await import('./phone/audio/ringer.ts')).createRinger,
    report(fact) {
      report(fact);
      if (fact.type === 'call-opened' || fact.type === 'connection-restored') devices ??= loadDevices();
      void devices?.then((loaded) => loaded?.heed(fact));
    },
  });

  async function loadDevices(): Promise<CallDevices | undefined> {
    try {
      const { CallDevices } = await import('./phone/call-devices.ts');
      return new CallDevices({ phone, microphone, report: (notice) => report({ type: 'device-changed', notice }) });
    } catch {
      devices = undefined;
      return undefined;
    }
  }

  return phone;
}
