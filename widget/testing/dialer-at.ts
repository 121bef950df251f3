import type { DialerSettings } from '../core/dialer.ts';
import { ServiceDialer, type DialerParts } from '../dialer.ts';
import { createCallKeeper } from '../saved-call.ts';
import { createServiceClient } from '../service-client.ts';
import { ServiceFeed } from '../service-feed.ts';
import { memoryStorage } from './memory-storage.ts';
import { ScriptedPhone } from './scripted-phone.ts';

/** Signed by nobody: the stub asks for no proof. */
const AUTH_TOKEN = ['{}', '{"sub":"mona"}', ''].map((part) => btoa(part)).join('.');

type Given = Partial<Pick<DialerSettings, 'receiveCalls' | 'pauseForWrapUp'>> &
  Partial<Pick<DialerParts, 'page' | 'loadNumberRules'>> & { storage?: Storage };

/** For tests: the dialer of an agent at a service, with a phone that does what the test says. */
export function dialerAt(service: string, given: Given = {}): { dialer: ServiceDialer; phone: ScriptedPhone } {
  const { receiveCalls = false, pauseForWrapUp = false, page = new EventTarget(), storage = memoryStorage() } = given;
  const { loadNumberRules = async () => (to: string) => ({ to: to.replace(/^0/, '+20') }) } = given;
  const getAuthToken = async () => AUTH_TOKEN;
  const settings = { service, defaultCountry: 'EG', receiveCalls, pauseForWrapUp, phoneWindow: false, getAuthToken };
  const client = createServiceClient(settings);
  const phone = new ScriptedPhone();
  const dialer = new ServiceDialer(settings, {
    client,
    feed: new ServiceFeed(client),
    keeper: createCallKeeper('call', () => storage),
    page,
    available: true,
    createPhone: (report) => {
      phone.report = report;
      return phone;
    },
    loadNumberRules,
  });
  return { dialer, phone };
}
