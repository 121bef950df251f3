import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { RecentCall } from '../core/dialer.ts';
import { panelsAr } from '../locales/panels-ar.ts';
import { panelsEn } from '../locales/panels-en.ts';
import type { AlmasarDialer } from './almasar-dialer.ts';
import { Desk } from './desk.ts';
import { PageLanguage } from './page-language.ts';
import { PanelSlot } from './panel-slot.ts';
import { dialersMade, hasPart, mounted, part, settled, show, textOf } from './testing/dialer-fixture.ts';
import { stateIn } from './testing/scripted-dialer.ts';
import { waitUntil } from '../testing/wait-until.ts';

const isWaiting = (element: AlmasarDialer) => Boolean(element.shadowRoot!.querySelector('.slot .skeleton'));

function callOf(name: string): RecentCall {
  const number = '+201001234501';
  return { callId: name, direction: 'outgoing', number, name, outcome: 'answered', record: true, at: Date.now() };
}

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

  it('shows what is the next agent’s once another signs in, and holds nothing of the one before', async () => {
    const { element, dialer } = await mounted();
    await show(element, dialer, stateIn('idle', {}, { reach: 'ready' }));
    await waitUntil(() => dialer.callBackListeners.size === 1);
    dialer.recent = [callOf('Mona')];
    element.openPanel('recents');
    await settled(element);
    await waitUntil(() => textOf(element).includes('Mona'));
    element.getAuthToken = () => Promise.resolve('jwt of the next agent');
    await element.updateComplete;
    const next = dialersMade().at(-1)!;
    expect(next).not.to.equal(dialer);
    next.recent = [callOf('Karim')];
    await settled(element);
    await waitUntil(() => textOf(element).includes('Karim'), 'the next agent’s calls');
    expect(textOf(element)).not.to.include('Mona');

    element.openPanel('call-backs');
    await waitUntil(() => next.callBackListeners.size === 2, 'the panel’s, and what is said beside the phone');
    element.getAuthToken = () => Promise.resolve('jwt of a third agent');
    await waitUntil(() => dialersMade().at(-1)!.callBackListeners.size === 2, 'the third agent’s');
    expect([dialer.callBackListeners.size, next.callBackListeners.size]).to.deep.equal([0, 0]);
  });

  it('is there in the language that the page has taken while it was being fetched', async () => {
    const { element } = await mounted();
    const slot = new PanelSlot(element, new Desk(element), new PageLanguage(element));
    slot.want('more');
    element.lang = 'ar';
    slot.want('more');
    await slot.ready;
    expect(slot.drawn).to.include({ title: panelsAr.titles.more });
  });

  it('that is opened before the page has said enough is there once there is a phone', async () => {
    const element = await fixture<AlmasarDialer>(html`<almasar-dialer lang="en"></almasar-dialer>`);
    await settled(element);
    element.openPanel('recents');
    await settled(element);
    expect(isWaiting(element)).to.equal(true);
    element.authEndpoint = '/auth';
    element.service = 'https://service.example';
    await waitUntil(() => !isWaiting(element), 'the panel');
    expect(element.shadowRoot!.querySelector('h2')!.textContent).to.equal(panelsEn.titles.recents);
  });

  it('is there again in an element that is put back, and holds nothing outside of the page', async () => {
    const { element, dialer } = await mounted();
    await show(element, dialer, stateIn('idle', {}, { reach: 'ready' }));
    await waitUntil(() => dialer.callBackListeners.size === 1);
    element.openPanel('call-backs');
    await waitUntil(() => dialer.callBackListeners.size === 2);
    const page = element.parentElement!;
    element.remove();
    await settled(element);
    await show(element, dialer, stateIn('idle', {}, { reach: 'away' }));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(dialer.callBackListeners.size).to.equal(0);
    await waitUntil(() => dialer.asked.length > 0, 'the phone is given back', { timeout: 4000 });
    await settled(element);
    page.append(element);
    await waitUntil(() => !isWaiting(element), 'the panel');
    await waitUntil(() => dialersMade().at(-1)!.callBackListeners.size === 2, 'of its new phone');
  });
});
