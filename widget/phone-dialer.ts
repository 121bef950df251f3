import type { HeadsetLink } from './agent-tools.ts';
import type { DialerSettings, PhoneWithTools } from './core/dialer.ts';
import { ServiceDialer } from './dialer.ts';
import { loadOnce } from './load-once.ts';
import { newId } from './new-id.ts';
import { OnePhone } from './one-phone/one-phone.ts';
import { headsetPickedBefore } from './phone/headset/picked-before.ts';
import { loadNumberRules } from './phone/number-rules.ts';
import { TwilioPhone } from './phone/twilio-phone.ts';
import { loadVoiceSdk } from './phone/voice-sdk.ts';
import { useWebRtc } from './web-rtc.ts';
import { createCallKeeper } from './saved-call.ts';
import { createServiceClient } from './service-client.ts';
import { ServiceFeed } from './service-feed.ts';

/** For others who need them: a chunk of their own would be one more round trip before a first call. */
export { loadNumberRules };

const PAGE_ID = newId();

/** The dialer on Twilio's Voice SDK. `base` is the folder of the sounds and the rules of numbers. */
export function createPhoneDialer(given: DialerSettings, base: URL, version: string): PhoneWithTools {
  const settings = { ...given, defaultCountry: given.defaultCountry.trim().toUpperCase() };
  useWebRtc(settings.webRtc);
  const client = createServiceClient(settings);
  const { requestAccessToken } = client;
  const feed = new ServiceFeed(client);
  const keeper = createCallKeeper(`almasar-dialer:call:${settings.service}`, () => sessionStorage);
  const loadSdk = loadVoiceSdk;
  const rules = (country: string) => loadNumberRules(country, base);
  const serviceUrl = () => new URL(settings.service.replace(/\/?$/, '/'), document.baseURI);

  const phone = new OnePhone(settings, {
    client,
    feed,
    keeper,
    createLocal: (available) =>
      new ServiceDialer(settings, {
        client,
        feed,
        keeper,
        available,
        page: window,
        createPhone: (report) => new TwilioPhone({ report, base, version, loadSdk, requestAccessToken, page: window }),
        loadNumberRules: rules,
      }),
    preload: () => void loadSdk().catch(() => {}),
    locks: (navigator as { locks?: LockManager }).locks,
    openChannel: (name) => new BroadcastChannel(name),
    page: window,
    document,
    storage: () => localStorage,
    pageId: PAGE_ID,
    loadFarPhone: async (host) => (await import('./one-phone/far-phone.ts')).createFarPhone(host, base),
  });

  let headset: HeadsetLink | undefined;
  let closed = false;
  const loadHeadset = loadOnce(async () => {
    headset = (await import('./headset-link.ts')).linkHeadset(phone);
    if (closed) headset.close();
    return headset;
  });
  if ('hid' in navigator && headsetPickedBefore()) loadHeadset().catch(() => {});

  const loadTools = loadOnce(async () =>
    (await import('./agent-tools.ts')).createAgentTools({
      client,
      feed,
      phone,
      loadHeadset,
      settings,
      service: serviceUrl(),
      base,
      version,
      requestAccessToken,
    }),
  );
  return Object.assign(phone, {
    loadTools,
    close() {
      closed = true;
      headset?.close();
      OnePhone.prototype.close.call(phone);
    },
  });
}
