import { expect } from '@open-wc/testing';
import type { Dialer } from './core/dialer.ts';
import { IDLE } from './core/state.ts';
import type { AlmasarDialer } from './element/almasar-dialer.ts';

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

    const asked: unknown[][] = [];
    const dialer: Dialer = {
      getState: () => IDLE,
      subscribe: () => () => {},
      dial: (...args) => void asked.push(args),
      hangUp: () => {},
      mute: () => {},
      sendDigits: () => {},
      dismiss: () => {},
      prepare: () => {},
      close: () => {},
    };
    (element.constructor as typeof AlmasarDialer).createDialer = () => dialer;
    element.getAuthToken = async () => 'auth-token';
    element.service = 'https://dialer.example.com';
    await element.updateComplete;

    const called = new Promise((resolve) => element.addEventListener('almasar-dial', resolve));
    link.click();
    await called;
    expect(asked).to.deep.equal([['01001234501', { name: undefined }]]);
    expect(errors).to.deep.equal([]);
    element.remove();
    link.remove();
  });
});
