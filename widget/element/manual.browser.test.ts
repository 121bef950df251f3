import { expect } from '@open-wc/testing';
import { readFile } from '@web/test-runner-commands';
import { AlmasarDialer } from './almasar-dialer.ts';
import { faced, mounted, part, settled, show } from './testing/dialer-fixture.ts';
import { FACES } from './testing/faces.ts';
import { stateIn } from './testing/scripted-dialer.ts';
import { waitUntil } from '../testing/wait-until.ts';

/** Everything of one kind that the class comment, the reference manual, names. */
async function documented(tag: RegExp): Promise<string[]> {
  const source = (await readFile({ path: './almasar-dialer.ts' })) ?? '';
  return [...source.matchAll(tag)].map(([, name]) => name!).toSorted();
}

describe('<almasar-dialer> manual', () => {
  it('names every part and slot that is drawn, and no other', async () => {
    const parts = new Set<string>();
    const slots = new Set<string>();
    for (const face of FACES) {
      const element = await faced(face);
      for (const drawn of element.shadowRoot!.querySelectorAll('[part]'))
        for (const name of drawn.part) parts.add(name);
      for (const slot of element.shadowRoot!.querySelectorAll('slot')) slots.add(slot.name);
      element.remove();
    }
    const { element, dialer } = await mounted();
    element.lookupContact = async () => ({ name: 'Mona', detail: 'VIP', url: 'https://crm.example/1' });
    await show(element, dialer, stateIn('open', { name: null, callId: 'unknown' }));
    await waitUntil(() => element.shadowRoot!.querySelector("[part~='contact-link']"));
    for (const drawn of element.shadowRoot!.querySelectorAll('[part]')) for (const name of drawn.part) parts.add(name);
    // Drawn where a script could not be fetched, on a service of developers (test-ribbon.browser.test.ts), and after a
    // page was left with a call (side-notes.browser.test.ts).
    parts.add('retry-button').add('test-mode').add('phone-window-button');
    expect([...parts].toSorted()).to.deep.equal(await documented(/@csspart ([\w-]+) - .+\.$/gm));
    expect([...slots]).to.deep.equal(await documented(/@slot ([\w-]+) - .+\.$/gm));
  });

  it('names every custom property that the styles read, with its default', async () => {
    const css = AlmasarDialer.styles.map(({ cssText }) => cssText).join('');
    const read = new Map<string, string>();
    for (const [, name, fallback] of css.matchAll(/var\((--almasar-[\w-]+), ((?:[^()]|\([^()]*\))+)\)/g)) {
      read.set(name!, fallback!);
    }
    const inCss = [...read].map(([name, fallback]) => `${name}=${fallback}`).toSorted();
    expect(inCss).to.deep.equal(await documented(/@cssprop \[(--almasar-.+?=.+?)\] - .+\.$/gm));
  });

  it('lets the page change the accent and the scheme', async () => {
    const { element } = await mounted();
    element.style.cssText = '--almasar-accent: rgb(1, 2, 3); color-scheme: dark';
    element.collapsed = true;
    await settled(element);
    expect(getComputedStyle(part(element, 'launcher')).backgroundColor).to.equal('rgb(1, 2, 3)');
    expect(getComputedStyle(part(element, 'panel')).backgroundColor).to.equal('rgb(22, 28, 29)');
  });
});
