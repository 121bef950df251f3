/** The page's own script: the call log asks it for the names that only the CRM knows. Dialer and log need nothing else. */
import type { AlmasarCallLog } from '../../widget/index.ts';
import type { PageSettings } from './page-settings.ts';

const settings = JSON.parse(document.querySelector('#page-settings')?.textContent ?? '') as PageSettings;
const log = document.querySelector<AlmasarCallLog>('almasar-call-log');
if (log) {
  log.lookupContact = async (number) => {
    const name = settings.customers[number];
    return name === undefined ? null : { name };
  };
}
