import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { AlmasarDialer } from './almasar-dialer.ts';
import { fieldOf, hasPart, mounted, part, settled, show, textOf } from './testing/dialer-fixture.ts';
import { stateIn } from './testing/scripted-dialer.ts';

describe('<almasar-dialer> to the agent', () => {
  async function typed(element: AlmasarDialer, text: string): Promise<HTMLInputElement> {
    const field = fieldOf(element);
    field.focus();
    field.value = text;
    field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    await settled(element);
    return field;
  }

  it('takes Arabic-Indic digits, spaces them, and calls on Enter', async () => {
    const { element, dialer } = await mounted('ar');
    const field = await typed(element, '٠١٠٠١٢٣٤٥٠١');
    expect(field.value).to.equal('010 0123 4501');
    expect(getComputedStyle(field).direction).to.equal('ltr');
    await sendKeys({ press: 'Enter' });
    expect(dialer.asked).to.deep.include(['dial', '01001234501', { name: null, record: true, callerId: undefined }]);
  });

  it('keeps the caret where a digit is put in the middle', async () => {
    const { element } = await mounted();
    const field = await typed(element, '01001234501');
    field.setSelectionRange(2, 2);
    await sendKeys({ type: '9' });
    expect(field.value).to.equal('019 001 234 501');
    expect(field.selectionStart).to.equal(3);
  });

  it('dials by keypad, with + for a long zero and erase for a slip', async () => {
    const { element, dialer } = await mounted();
    const keys = [...element.shadowRoot!.querySelectorAll<HTMLElement>('[part=key]')];
    expect(keys.map((key) => key.getAttribute('aria-label')).join('')).to.equal('123456789*0#');
    const zero = keys[10]!;
    zero.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
    await new Promise((resolve) => setTimeout(resolve, 520));
    zero.dispatchEvent(new PointerEvent('click', { bubbles: true, detail: 1 }));
    for (const index of [1, 10, 0]) keys[index]!.click();
    await settled(element);
    [...part(element, 'field').parentElement!.querySelectorAll('button')].at(-1)!.click();
    await settled(element);
    part(element, 'call-button').click();
    expect(dialer.asked).to.deep.include(['dial', '+20', { name: null, record: true, callerId: undefined }]);
  });

  it('takes digits, a paste and Enter wherever the focus is in it', async () => {
    const { element, dialer } = await mounted();
    part(element, 'panel').focus();
    await sendKeys({ type: '01x' });
    await settled(element);
    expect(fieldOf(element).value).to.equal('01');
    const clipboardData = new DataTransfer();
    clipboardData.setData('text', 'tel:+20 100 123-4501;ext=9');
    const options = { clipboardData, bubbles: true, composed: true, cancelable: true };
    part(element, 'panel').dispatchEvent(new ClipboardEvent('paste', options));
    await sendKeys({ press: 'Enter' });
    expect(dialer.asked.at(-1)).to.deep.equal([
      'dial',
      '+201001234501',
      { name: null, record: true, callerId: undefined },
    ]);
  });

  it('takes a paste that the browser tells the page, while the focus is in it and nowhere else', async () => {
    const { element, dialer } = await mounted();
    await show(element, dialer, stateIn('open'));
    await show(element, dialer, stateIn('idle'));
    // Firefox and Safari do so: they paste where the selection is.
    const pasteIntoPage = async (text: string) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text', text);
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, composed: true }));
      await settled(element);
    };
    await pasteIntoPage('0100 999');
    expect(fieldOf(element).value).to.equal('');
    part(element, 'panel').focus();
    await pasteIntoPage('+20 100 123-4501');
    expect(fieldOf(element).value).to.equal('+20 100 123 4501');
    element.remove();
    await pasteIntoPage('0100 999');
    expect(fieldOf(element).value).to.equal('+20 100 123 4501');
  });

  it('mutes, and says so by aria-pressed when the phone says so', async () => {
    const { element, dialer } = await mounted();
    await show(element, dialer, stateIn('open'));
    const mute = part(element, 'mute-button');
    mute.click();
    expect(mute.getAttribute('aria-pressed')).to.equal('false');
    expect(dialer.asked).to.deep.equal([['mute', true]]);
    await show(element, dialer, stateIn('open', { muted: true }));
    expect(mute.getAttribute('aria-pressed')).to.equal('true');
    expect(textOf(element)).to.include('Muted');
  });

  it('sends tones by key and keyboard; Escape puts the keypad away and never hangs up', async () => {
    const { element, dialer } = await mounted();
    await show(element, dialer, stateIn('open'));
    part(element, 'keypad-button').click();
    await settled(element);
    element.shadowRoot!.querySelectorAll<HTMLElement>('[part=key]')[4]!.click();
    part(element, 'panel').focus();
    await sendKeys({ press: '#' });
    await settled(element);
    expect(textOf(element)).to.include('5#');
    await sendKeys({ press: 'Escape' });
    await settled(element);
    expect(hasPart(element, 'keypad')).to.equal(false);
    await sendKeys({ press: 'Escape' });
    expect(dialer.asked).to.deep.equal([
      ['sendDigits', '5'],
      ['sendDigits', '#'],
    ]);
  });

  it('hangs up, but not by the second click of a double click on Call', async () => {
    const { element, dialer } = await mounted();
    await show(element, dialer, stateIn('dialing', { startedAt: Date.now() }));
    part(element, 'hang-up-button').click();
    expect(dialer.asked).to.deep.equal([]);
    await show(element, dialer, stateIn('ringing'));
    part(element, 'hang-up-button').click();
    expect(dialer.asked).to.deep.equal([['hangUp']]);
  });

  it('keeps the focus when what had it is gone', async () => {
    const { element, dialer } = await mounted();
    part(element, 'field').focus();
    await show(element, dialer, stateIn('dialing'));
    expect(element.shadowRoot!.activeElement).to.equal(part(element, 'panel'));
  });

  it('does not take the focus from the page', async () => {
    const link = await fixture<HTMLElement>(html`<a href="tel:1">1</a>`);
    const { element, dialer } = await mounted();
    link.focus();
    for (const phase of ['dialing', 'open', 'ended', 'idle'] as const) await show(element, dialer, stateIn(phase));
    expect(document.activeElement).to.equal(link);
  });

  it('calls again, or puts the call away; a wrong number goes back to the field', async () => {
    const { element, dialer } = await mounted();
    await show(element, dialer, stateIn('ended', {}, { outcome: 'busy' }));
    part(element, 'call-button').click();
    expect(dialer.asked).to.deep.equal([
      ['dial', '+201001234501', { name: 'منى السيد', record: true, callerId: undefined }],
    ]);
    const problem = { code: 'number-invalid', carrierCode: null } as const;
    await show(element, dialer, stateIn('ended', { number: '0100' }, { outcome: null, problem }));
    part(element, 'edit-button').click();
    await settled(element);
    expect(element.phase).to.equal('idle');
    expect(fieldOf(element).value).to.equal('0100');
    await show(element, dialer, stateIn('ended'));
    part(element, 'close-button').click();
    expect(element.phase).to.equal('idle');
  });

  it('asks for the same again: no recording, unless the agent has read that there is no call without', async () => {
    const { element, dialer } = await mounted();
    const asked: boolean[] = [];
    element.addEventListener('almasar-dial', ({ detail }) => asked.push(detail.record));
    await show(element, dialer, stateIn('ended', { record: false }, { outcome: 'no-answer' }));
    part(element, 'call-button').click();
    const problem = { code: 'recording-required', carrierCode: null } as const;
    await show(element, dialer, stateIn('ended', { record: false }, { outcome: null, problem }));
    part(element, 'call-button').click();
    expect(asked).to.deep.equal([false, true]);
    const options = dialer.asked.map(([, , each]) => (each as { record: boolean }).record);
    expect(options).to.deep.equal([false, true]);
  });

  it('becomes a pill and a panel again, and opens for a new call', async () => {
    const { element } = await mounted();
    part(element, 'collapse-button').click();
    await settled(element);
    part(element, 'launcher').click();
    await settled(element);
    expect(element.collapsed).to.equal(false);
    element.collapsed = true;
    element.dial('1');
    expect(element.collapsed).to.equal(false);
  });

  it('prepares the phone at the first sign of a call', async () => {
    const { element, dialer } = await mounted();
    part(element, 'field').focus();
    expect(dialer.asked[0]).to.deep.equal(['prepare']);
  });
});
