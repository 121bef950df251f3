import { expect } from '@open-wc/testing';
import type { Contact } from './contact-look-up.ts';
import { hasPart, mounted, part, settled, show, textOf } from './testing/dialer-fixture.ts';
import { stateIn, waitingCall } from './testing/scripted-dialer.ts';
import { waitUntil } from '../testing/wait-until.ts';

describe('lookupContact', () => {
  const unknown = { name: null, callId: 'call-1' };

  it('is asked once for a call whose name nobody knows, both directions; the phone learns the name', async () => {
    const { element, dialer } = await mounted();
    const asked: string[] = [];
    element.lookupContact = async (number) => {
      asked.push(number);
      return { name: 'Mona', detail: 'Cairo branch', url: '/customers/1' };
    };
    for (const phase of ['incoming', 'open'] as const) await show(element, dialer, stateIn(phase, unknown));
    await show(element, dialer, stateIn('open', {}, { waiting: waitingCall({ name: null }) }));
    await show(element, dialer, stateIn('ringing', { name: null, callId: 'call-3', number: '+201201234503' }));
    expect(asked).to.deep.equal(['+201001234501', '+201112345602', '+201201234503']);
    await waitUntil(() => dialer.asked.length === 3);
    expect(dialer.asked[0]).to.deep.equal(['nameCustomer', 'call-1', 'Mona']);
  });

  it('shows what the page knows, with a link that cannot reach back', async () => {
    const { element, dialer } = await mounted();
    element.lookupContact = async () => ({ detail: 'Cairo branch', url: '/customers/1' });
    await show(element, dialer, stateIn('incoming', unknown));
    await waitUntil(() => hasPart(element, 'contact'));
    expect(textOf(element)).to.include('Cairo branch');
    const link = part(element, 'contact-link') as HTMLAnchorElement;
    expect([link.href, link.rel, link.target]).to.deep.equal([
      new URL('/customers/1', document.baseURI).href,
      'noopener',
      '_blank',
    ]);
    await expect(element).to.be.accessible();
  });

  it('follows no address that would run a script', async () => {
    const { element, dialer } = await mounted();
    element.lookupContact = async () => ({ detail: 'x', url: 'javascript:alert(1)' });
    await show(element, dialer, stateIn('incoming', unknown));
    await waitUntil(() => hasPart(element, 'contact'));
    expect(hasPart(element, 'contact-link')).to.equal(false);
  });

  it('disturbs nothing when it is slow, or knows nobody', async () => {
    const { element, dialer } = await mounted();
    let answer: (contact: Contact | null) => void = () => {};
    element.lookupContact = () => new Promise((resolve) => (answer = resolve));
    await show(element, dialer, stateIn('incoming', unknown));
    expect(hasPart(element, 'answer-button')).to.equal(true);
    answer(null);
    await settled(element);
    expect(textOf(element)).to.include('+20 100 123 4501');
    expect(dialer.asked).to.deep.equal([]);
  });

  it('is not asked about a known name or a hidden number', async () => {
    const { element, dialer } = await mounted();
    let asked = 0;
    element.lookupContact = async () => {
      asked += 1;
      return null;
    };
    await show(element, dialer, stateIn('incoming'));
    await show(element, dialer, stateIn('incoming', { ...unknown, number: '' }));
    expect(asked).to.equal(0);
  });
});
