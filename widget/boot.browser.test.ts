import { expect } from '@open-wc/testing';
import type { AlmasarDialer } from './element/almasar-dialer.ts';
import { ScriptedDialer } from './element/testing/scripted-dialer.ts';

describe('boot script', () => {
  it('defines the element on idle, intercepts once though loaded twice, and calls', async () => {
    const errors: unknown[] = [];
    window.addEventListener('error', (event) => errors.push(event.message));
    const element = document.createElement('almasar-dialer');
    const link = document.createElement('a');
    link.href = 'tel:01001234501';
    document.body.append(element, link);

    await import('./boot.ts');
    const again = './boot.ts?again';
    await import(again);
    await customElements.whenDefined('almasar-dialer');

    let dialer: ScriptedDialer | undefined;
    (element.constructor as typeof AlmasarDialer).createDialer = (settings) => (dialer = new ScriptedDialer(settings));
    element.getAuthToken = async () => 'auth-token';
    element.service = 'https://dialer.example.com';
    await element.updateComplete;

    const called = new Promise((resolve) => element.addEventListener('almasar-dial', resolve));
    link.click();
    await called;
    expect(dialer?.asked.filter(([what]) => what === 'dial')).to.deep.equal([
      ['dial', '01001234501', { name: null, record: true, callerId: undefined }],
    ]);
    expect(errors).to.deep.equal([]);
    element.remove();
    link.remove();
  });
});
