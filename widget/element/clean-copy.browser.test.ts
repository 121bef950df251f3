import { expect } from '@open-wc/testing';
import { fieldOf, mounted, part, settled, show } from './testing/dialer-fixture.ts';
import { stateIn } from './testing/scripted-dialer.ts';

/** What the clipboard gets when what is selected from here is copied; undefined: whatever the browser takes. */
function copied(from: EventTarget): string | undefined {
  const clipboardData = new DataTransfer();
  const event = new ClipboardEvent('copy', { clipboardData, bubbles: true, composed: true, cancelable: true });
  from.dispatchEvent(event);
  return event.defaultPrevented ? clipboardData.getData('text/plain') : undefined;
}

function select(node: Node): void {
  const root = node.getRootNode() as unknown as { getSelection(): Selection };
  root.getSelection().selectAllChildren(node);
}

describe('copying from <almasar-dialer>', () => {
  for (const lang of ['ar', 'en']) {
    it(`${lang}: gives a number in E.164, in the call and in its pill`, async () => {
      const { element, dialer } = await mounted(lang);
      await show(element, dialer, stateIn('open', { name: null, number: '+201001234501' }));
      const customer = part(element, 'customer');
      expect(customer.textContent).to.include('+20 100 123 4501');
      select(customer.querySelector('bdi')!);
      expect(copied(customer.querySelector('bdi')!)).to.equal('+201001234501');
      element.collapsed = true;
      await settled(element);
      select(part(element, 'customer'));
      expect(copied(part(element, 'customer'))).to.equal('+201001234501');
    });
  }

  it('gives what is selected of the number field without spaces', async () => {
    const { element, dialer } = await mounted();
    await show(element, dialer, stateIn('idle'));
    const field = fieldOf(element);
    // What cleans it comes once the page is idle.
    await new Promise((resolve) => requestIdleCallback(resolve));
    await settled(element);
    field.value = '010 0123 4501';
    field.setSelectionRange(4, 13);
    expect(copied(field)).to.equal('01234501');
  });

  it('leaves names alone, and takes marks of direction out of other text', async () => {
    const { element, dialer } = await mounted('ar');
    await show(element, dialer, stateIn('open', { name: 'منى السيد' }));
    const name = part(element, 'customer').querySelector('.name')!;
    select(name);
    expect(copied(name)).to.equal(undefined);
    name.append('\u200e (100\u2069)');
    select(name);
    expect(copied(name)).to.equal('منى السيد (100)');
  });
});
