import type { DialerSettings } from './core/dialer.ts';
import { ServiceDialer } from './dialer.ts';
import { loadNumberRules } from './phone/number-rules.ts';
import { TwilioPhone } from './phone/twilio-phone.ts';
import { loadVoiceSdk } from './phone/voice-sdk.ts';
import { createServiceClient } from './service-client.ts';

/** The dialer on Twilio's Voice SDK. `base` is the folder of the sounds and the rules of numbers. */
export function createPhoneDialer(given: DialerSettings, base: URL, version: string): ServiceDialer {
  const settings = { ...given, defaultCountry: given.defaultCountry.trim().toUpperCase() };
  const client = createServiceClient(settings);
  const { requestAccessToken } = client;
  return new ServiceDialer(settings, {
    client,
    createPhone: (report) =>
      new TwilioPhone({ report, base, version, loadSdk: loadVoiceSdk, requestAccessToken, page: window }),
    loadNumberRules: (country) => loadNumberRules(country, base),
  });
}
