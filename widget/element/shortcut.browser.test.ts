import { expect } from '@open-wc/testing';
import { mounted, settled, show, textOf } from './testing/dialer-fixture.ts';
import { stateIn } from './testing/scripted-dialer.ts';
import { parseShortcut } from './shortcut.ts';

const READY = { reach: 'ready' } as const;

/** A key as the browser gives it, to whatever has the focus; false when somebody took it. */
function press(code: string, key: string, init: KeyboardEventInit = {}): boolean {
  const target = document.activeElement ?? document.body;
  return target.dispatchEvent(
    new KeyboardEvent('keydown', { code, key, bubbles: true, composed: true, cancelable: true, ...init }),
  );
}

const chord = (init: KeyboardEventInit = {}) => press('KeyP', 'P', { altKey: true, shiftKey: true, ...init });

function focused(element: HTMLElement): string | null {
  return element.shadowRoot?.activeElement?.getAttribute('part') ?? null;
}

describe('the page’s own keys for the phone', () => {
  it('reads modifiers in any order and letters, digits and F keys; one key alone only of the last', () => {
    const read = (text: string) => parseShortcut(text)?.text ?? null;
    expect(read('shift+ALT+p')).to.equal('Alt+Shift+P');
    expect(read('Ctrl + Option + 1')).to.equal('Alt+Control+1');
    expect(read('F9')).to.equal('F9');
    for (const none of ['', 'P', 'Shift+P', 'Alt+', 'Alt+Enter', 'Hyper+P', 'F25', '++']) {
      expect(read(none), none).to.equal(null);
    }
  });

  it('lead to what is most pressing: the number field, and the answer button while a customer calls', async () => {
    const { element, dialer } = await mounted();
    // A call brings at once what else comes in idle time.
    await show(element, dialer, stateIn('incoming', {}, READY));
    await show(element, dialer, stateIn('idle', {}, READY));
    expect(chord(), 'off unless the page sets it').to.equal(true);
    expect(focused(element)).to.equal(null);
    element.setAttribute('shortcut', 'Alt+Shift+P');
    await settled(element);
    expect(press('KeyP', 'P', { altKey: true })).to.equal(true);
    expect(chord({ ctrlKey: true }), 'another chord').to.equal(true);
    expect(chord()).to.equal(false);
    expect(focused(element)).to.equal('field');
    await show(element, dialer, stateIn('incoming', {}, READY));
    (document.activeElement as HTMLElement).blur();
    // Arabic is on the keyboard: the key is known by its place.
    expect(chord({ key: '؛' })).to.equal(false);
    expect(focused(element)).to.equal('answer-button');
    expect(
      dialer.asked.some(([what]) => what === 'answer'),
      'it answers nothing',
    ).to.equal(false);
    await show(element, dialer, stateIn('open', {}, READY));
    chord();
    expect(focused(element), 'not the one that hangs up').to.equal('mute-button');
    element.remove();
    expect(chord(), 'gone with the element').to.equal(true);
  });

  it('never take a character from who is writing', async () => {
    const { element, dialer } = await mounted();
    element.setAttribute('shortcut', 'Alt+Shift+P');
    await show(element, dialer, stateIn('incoming', {}, READY));
    const field = document.createElement('input');
    document.body.append(field);
    field.focus();
    const platform = (name: string) =>
      Object.defineProperty(navigator, 'platform', { configurable: true, value: name });
    try {
      platform('MacIntel');
      expect(chord({ key: '∏' }), 'Option types').to.equal(true);
      expect(document.activeElement).to.equal(field);
      platform('Win32');
      expect(chord({ modifierAltGraph: true }), 'AltGr types').to.equal(true);
      expect(chord()).to.equal(false);
      expect(focused(element)).to.equal('answer-button');
    } finally {
      Reflect.deleteProperty(navigator, 'platform');
      field.remove();
    }
  });

  for (const [lang, said] of [
    ['en', 'Alt+Shift+P goes to the phone'],
    ['ar', 'Alt+Shift+P بتوديك للتليفون'],
  ] as const) {
    it(`are said with a customer who calls, and are in the list of keys (${lang})`, async () => {
      const { element, dialer } = await mounted(lang);
      await show(element, dialer, stateIn('incoming', {}, READY));
      const alert = () => element.shadowRoot!.querySelector('[role=alert]')!.textContent;
      expect(alert()).not.to.include('Alt');
      element.setAttribute('shortcut', 'alt+shift+p');
      await settled(element);
      expect(alert()).to.include(said);
      await show(element, dialer, stateIn('idle', {}, READY));
      element.openPanel('more');
      await settled(element);
      element.shadowRoot!.querySelector('details')!.open = true;
      expect(textOf(element)).to.include('Alt+Shift+P');
      await expect(element).to.be.accessible();
    });
  }
});
