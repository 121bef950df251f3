/** The page's own script: names that only the CRM knows, and a customer who calls. Dialer and log need nothing else. */
import type { LookupContact } from '../../widget/index.ts';
import { startCallInButton } from './call-in-button.ts';
import type { PageSettings } from './page-settings.ts';

const settings = JSON.parse(document.querySelector('#page-settings')?.textContent ?? '') as PageSettings;

/** Who a number is, as this CRM knows; null for a stranger. */
const lookupContact: LookupContact = async (number) => {
  const name = settings.customers[number];
  return name === undefined ? null : { name };
};
for (const tag of ['almasar-dialer', 'almasar-call-log'] as const) {
  const element = document.querySelector(tag);
  if (element) element.lookupContact = lookupContact;
}

const callIn = document.querySelector<HTMLButtonElement>('#call-in');
if (callIn) startCallInButton(callIn, Object.keys(settings.customers));
