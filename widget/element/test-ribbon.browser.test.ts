import { expect, fixture, html } from '@open-wc/testing';
import type { AlmasarDialer } from './almasar-dialer.ts';
import { settled } from './testing/dialer-fixture.ts';
import { waitUntil } from '../testing/wait-until.ts';

const ribbonOf = (element: AlmasarDialer) => element.shadowRoot?.querySelector<HTMLElement>('[part=test-mode]');

describe('<almasar-dialer> on a service that believes anybody', () => {
  const realFetch = globalThis.fetch;
  let asked: string[];
  let dev: true | undefined;

  beforeEach(() => {
    asked = [];
    dev = true;
    globalThis.fetch = async (input, init) => {
      const { url, headers } = new Request(input, init);
      asked.push(`${new URL(url).pathname} ${headers.get('authorization') ?? ''}`);
      return Response.json({ dev });
    };
  });
  afterEach(() => (globalThis.fetch = realFetch));

  async function mounted(service: string, lang = 'en'): Promise<AlmasarDialer> {
    const getAuthToken = () => Promise.resolve('jwt');
    const element = await fixture<AlmasarDialer>(
      html`<almasar-dialer lang=${lang} service=${service} .getAuthToken=${getAuthToken}></almasar-dialer>`,
    );
    element.prepare();
    await settled(element);
    return element;
  }

  for (const [lang, words] of [
    ['ar', 'وضع التجربة'],
    ['en', 'Test mode'],
  ] as const) {
    it(`says so, open and as a pill (${lang})`, async () => {
      const element = await mounted(`${location.origin}/`, lang);
      await waitUntil(() => ribbonOf(element)?.innerText === words);
      expect(asked).to.deep.equal(['/api/calls/settings Bearer jwt']);
      await expect(element).to.be.accessible();
      element.collapsed = true;
      await settled(element);
      const { left, right, top } = ribbonOf(element)!.getBoundingClientRect();
      expect(left >= 0 && right <= innerWidth && top >= 0).to.equal(true);
      element.service = 'https://service.example';
      await settled(element);
      expect(ribbonOf(element)).to.equal(null);
    });
  }

  it('says nothing of one that believes nobody, and asks nothing of one that is no developer’s', async () => {
    dev = undefined;
    const local = await mounted(location.origin);
    await waitUntil(() => asked.length === 1);
    await settled(local);
    expect(ribbonOf(local)).to.equal(null);
    await mounted('https://service.example');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(asked.length).to.equal(1);
  });
});
