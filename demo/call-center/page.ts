/** The page's own script: names that only the CRM knows, for the call log, and a customer who calls. Dialer and log need nothing else. */
import type { AlmasarCallLog } from '../../widget/index.ts';
import { startCallInButton } from './call-in-button.ts';
import type { PageSettings } from './page-settings.ts';

const settings = JSON.parse(document.querySelector('#page-settings')?.textContent ?? '') as PageSettings;
const log = document.querySelector<AlmasarCallLog>('almasar-call-log');
if (log) {
  log.lookupContact = async (number) => {
    const name = settings.customers[number];
    return name === undefined ? null : { name };
  };
}

const callIn = document.querySelector<HTMLButtonElement>('#call-in');
if (callIn) startCallInButton(callIn, Object.keys(settings.customers));
