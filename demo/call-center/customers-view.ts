import { html } from 'hono/html';
import { numberOf, type Customer } from './customers.ts';
import { farEndOf } from './far-ends.ts';
import { icon } from './icons-view.ts';
import { daysAgo } from './days-ago.ts';
import type { Language } from './language.ts';
import { WORDS } from './words.ts';

export interface CustomersView {
  language: Language;
  customers: readonly Customer[];
  /** Numbers that may be called with a click. */
  canCall: (customer: Customer) => boolean;
  /** Whether the far ends of the sandbox answer: then each row says what will happen. */
  farEnds: boolean;
}

function phoneCell(customer: Customer, canCall: boolean, language: Language) {
  const number = html`<bdi dir="ltr">${customer.phone}</bdi>`;
  // An ordinary link, its number as people write it: the dialer needs nothing else of the page. With the name, the
  // agent sees who is called, and so does the log.
  return canCall
    ? html`<a class="phone" href="tel:${customer.phone}" data-almasar-name="${customer.name[language]}"
        >${icon('phone')}${number}</a
      >`
    : html`<span class="phone">${number}</span>`;
}

/** The customers with their numbers: plain HTML that knows nothing of the dialer. */
export function customersView({ language, customers, canCall, farEnds }: CustomersView) {
  const words = WORDS[language];
  const ago = daysAgo(language);
  return html`<table class="customers">
    <thead>
      <tr>
        <th scope="col">${words.customer}</th>
        <th scope="col">${words.lastContact}</th>
        <th scope="col">${words.phone}</th>
        ${farEnds ? html`<th scope="col">${words.whatHappens}</th>` : ''}
      </tr>
    </thead>
    <tbody>
      ${customers.map(
        (customer) =>
          html`<tr>
            <th scope="row" class="who">
              <span><bdi>${customer.name[language]}</bdi></span>
              <span class="quiet"
                >${[customer.city[language], customer.about[language]].filter(Boolean).join(' · ')}</span
              >
            </th>
            <td class="last-contact quiet">${ago(customer.lastContactDaysAgo)}</td>
            <td class="number">${phoneCell(customer, canCall(customer), language)}</td>
            ${farEnds ? html`<td class="far-end quiet">${farEndOf(numberOf(customer))[language]}</td>` : ''}
          </tr> `,
      )}
    </tbody>
  </table>`;
}
