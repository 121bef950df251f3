import { expect } from '@open-wc/testing';
import { hasPart, mounted, part, settled, show } from './testing/dialer-fixture.ts';
import { stateIn } from './testing/scripted-dialer.ts';

function fetched(module: string): boolean {
  return performance.getEntriesByType('resource').some(({ name }) => name.includes(module));
}

describe('a call that sets out from a page with other things to do', () => {
  const requestIdleCallback = window.requestIdleCallback.bind(window);

  before(() => (window.requestIdleCallback = () => 0));
  after(() => (window.requestIdleCallback = requestIdleCallback));

  it('waits for what it is drawn in, and its end brings the rest', async () => {
    const { element, dialer } = await mounted('en');
    await show(element, dialer, stateIn('dialing', { name: 'Mona Adel' }));
    expect(part(element, 'customer').textContent).to.contain('Mona Adel');
    expect(part(element, 'hang-up-button').classList.contains('wide')).to.equal(true);
    expect([fetched('views/talk-drawing'), fetched('views/call-drawing')]).to.deep.equal([true, false]);
    expect([fetched('locales/talk'), fetched('locales/calls-en')]).to.deep.equal([true, false]);

    await show(element, dialer, stateIn('ended', {}, { outcome: 'busy' }));
    await settled(element);
    expect(part(element, 'outcome').textContent).to.contain('Line busy');
    expect(hasPart(element, 'hang-up-button')).to.equal(false);
  });
});
