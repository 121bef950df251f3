import { expect } from '@open-wc/testing';
import { detectInPage } from './detect-in-page.ts';
import type { AlmasarDialer } from './element/almasar-dialer.ts';
import { mounted } from './element/testing/dialer-fixture.ts';
import type { OwnMessages } from './locales/own-messages.ts';
import { NumberDetection } from './number-detection.ts';
import type { CountryRules } from './phone/number-rules.ts';
import { waitUntil } from './testing/wait-until.ts';

const EGYPT: CountryRules = { callingCode: '20', abroad: '00', prefix: '0', number: '1[0125]\\d{8}' };
const NUMBER = '\u2066010 0123 4501\u2069';

/** The label and the language of the button beside a number of the page that is selected. */
async function buttonOf(number: Element): Promise<[label: string | null, lang: string]> {
  document.getSelection()!.removeAllRanges();
  await waitUntil(() => !shown(), 'no button', { timeout: 10_000 });
  document.getSelection()!.selectAllChildren(number);
  await waitUntil(shown, 'a button', { timeout: 10_000 });
  const { lang, title, ariaLabel } = shown()!;
  expect(title).to.equal(ariaLabel);
  return [ariaLabel, lang];
}

function shown(): HTMLButtonElement | null | undefined {
  const host = document.querySelector('body > [data-almasar-ignore]:not([hidden])');
  return host?.shadowRoot?.querySelector('button');
}

async function said(element: AlmasarDialer, change: { lang?: string; messages?: OwnMessages }): Promise<void> {
  Object.assign(element, change);
  await waitUntil(() => !change.lang || element.words?.lang === change.lang, 'the language has arrived');
  await element.updateComplete;
}

describe('numbers in the page of an element', () => {
  const { fetch } = globalThis;
  const number = document.createElement('p');
  let stop: () => void;

  beforeEach(() => {
    window.fetch = async () => Response.json(EGYPT);
    number.textContent = '010 0123 4501';
    document.body.append(number);
  });
  afterEach(() => {
    window.fetch = fetch;
    stop();
    number.remove();
  });

  it('have a button that speaks the element’s language, with the page’s own words', async () => {
    const { element } = await mounted('en');
    stop = await detectInPage(element, new URL('https://service.example/'));
    expect(await buttonOf(number)).to.deep.equal([`Call ${NUMBER}`, 'en']);
    await said(element, { lang: 'ar' });
    expect(await buttonOf(number)).to.deep.equal([`اتصل بـ\u00a0${NUMBER}`, 'ar']);
    await said(element, { messages: { ar: { callNumber: (to) => `كلّم ${to}` } } });
    expect(await buttonOf(number)).to.deep.equal([`كلّم ${NUMBER}`, 'ar']);
  });

  it('go on to have it when the element is moved', async () => {
    const { element } = await mounted('en');
    const detection = new NumberDetection(element, new URL('https://service.example/'));
    stop = () => detection.hostDisconnected();
    element.detectNumbers = true;
    await element.updateComplete;
    await buttonOf(number);
    const page = element.parentElement!;
    element.remove();
    page.append(element);
    await element.updateComplete;
    expect(await buttonOf(number)).to.deep.equal([`Call ${NUMBER}`, 'en']);
  });
});
