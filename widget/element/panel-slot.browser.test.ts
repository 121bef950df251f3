import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { hasPart, mounted, part, settled, show } from './testing/dialer-fixture.ts';
import { stateIn } from './testing/scripted-dialer.ts';

describe('panels in <almasar-dialer>', () => {
  it('opens and closes the menu by its button, and any panel by Escape; the focus stays in it', async () => {
    const { element } = await mounted();
    const menu = part(element, 'menu-button');
    menu.focus();
    menu.click();
    await settled(element);
    expect(hasPart(element, 'back-button')).to.equal(true);
    expect(menu.getAttribute('aria-expanded')).to.equal('true');
    part(element, 'back-button').focus();
    await sendKeys({ press: 'Escape' });
    await settled(element);
    expect(hasPart(element, 'field')).to.equal(true);
    expect(element.shadowRoot!.activeElement).to.equal(part(element, 'panel'));
  });

  it('keeps the call in sight beside a panel, and gives way to a customer who calls', async () => {
    const { element, dialer } = await mounted();
    await show(element, dialer, stateIn('open'));
    part(element, 'note-button').click();
    await settled(element);
    expect(hasPart(element, 'back-button')).to.equal(true);
    part(element, 'hang-up-button').click();
    expect(dialer.asked).to.deep.equal([['hangUp']]);
    element.openPanel('recents');
    await show(element, dialer, stateIn('incoming'));
    expect(hasPart(element, 'back-button')).to.equal(false);
    expect(hasPart(element, 'answer-button')).to.equal(true);
  });

  it('gives way to a call that is made elsewhere, though this page hears of it late', async () => {
    const { element, dialer } = await mounted();
    for (const before of ['idle', 'ended'] as const) {
      await show(element, dialer, stateIn(before));
      element.openPanel('more');
      await settled(element);
      expect(hasPart(element, 'back-button')).to.equal(true);
      await show(element, dialer, stateIn('open', {}, { place: 'phone-window' }));
      expect(hasPart(element, 'back-button'), `from ${before}`).to.equal(false);
    }
  });

  it('leaves keys to a field in a panel', async () => {
    const { element, dialer } = await mounted();
    // Drafts outlive a page, so a call of its own.
    const callId = crypto.randomUUID();
    await show(element, dialer, stateIn('open', { callId }));
    element.openPanel('wrap-up');
    await settled(element);
    const note = element.shadowRoot!.querySelector('textarea')!;
    note.focus();
    await sendKeys({ type: 'm5' });
    expect(note.value).to.equal('m5');
    expect(dialer.asked.filter(([what]) => what === 'mute' || what === 'sendDigits')).to.deep.equal([]);
  });

  it('goes on with the note of a call when the call is over', async () => {
    const { element, dialer } = await mounted();
    const callId = crypto.randomUUID();
    await show(element, dialer, stateIn('open', { callId }));
    element.openPanel('wrap-up');
    await settled(element);
    const note = element.shadowRoot!.querySelector('textarea')!;
    note.focus();
    await sendKeys({ type: 'call back on Monday' });
    await show(element, dialer, stateIn('ended', { callId }));
    expect(element.shadowRoot!.querySelector('textarea')!.value).to.equal('call back on Monday');
  });
});
