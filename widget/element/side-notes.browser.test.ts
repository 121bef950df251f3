import { expect } from '@open-wc/testing';
import { dialersMade, hasPart, mounted, part, settled, show, textOf } from './testing/dialer-fixture.ts';
import { stateIn } from './testing/scripted-dialer.ts';

const KEY = 'almasar-dialer:left-in-call';
const READY = { reach: 'ready' } as const;

describe('side notes', () => {
  beforeEach(() => localStorage.removeItem(KEY));
  afterEach(() => localStorage.removeItem(KEY));

  it('a page that was left with a call leads to the phone window, until that was read', async () => {
    const { element, dialer } = await mounted();
    await show(element, dialer, stateIn('incoming', {}, READY));
    window.dispatchEvent(new PageTransitionEvent('pagehide'));
    expect(localStorage.getItem(KEY), 'one that only rings goes on for others').to.equal(null);
    await show(element, dialer, stateIn('open', {}, READY));
    window.dispatchEvent(new PageTransitionEvent('pagehide'));
    element.remove();
    const next = await mounted();
    await show(next.element, next.dialer, stateIn('open', {}, READY));
    expect(hasPart(next.element, 'phone-window-button'), 'the phone moves between calls').to.equal(false);
    await show(next.element, next.dialer, stateIn('idle', {}, READY));
    await expect(next.element).to.be.accessible();
    part(next.element, 'phone-window-button').click();
    await settled(next.element);
    expect(next.dialer.asked).to.deep.include(['openPhoneWindow', 'en']);
    expect(hasPart(next.element, 'phone-window-button')).to.equal(false);
    next.element.remove();
    const last = await mounted();
    await show(last.element, last.dialer, stateIn('open', {}, READY));
    window.dispatchEvent(new PageTransitionEvent('pagehide'));
    expect(localStorage.getItem(KEY), 'told for good').to.equal('told');
  });

  it('it is put away for good', async () => {
    localStorage.setItem(KEY, 'cut');
    const { element, dialer } = await mounted('ar');
    // Between calls it comes once the page is idle; with a call at once.
    await show(element, dialer, stateIn('open', {}, READY));
    await show(element, dialer, stateIn('idle', {}, READY));
    part(element, 'notice').querySelector<HTMLElement>('.icon')!.click();
    await settled(element);
    expect(hasPart(element, 'phone-window-button')).to.equal(false);
    expect(localStorage.getItem(KEY)).to.equal('told');
  });

  it('while the last call is written up, it says why no customer rings; saved is done', async () => {
    const { element } = await mounted();
    element.pauseForWrapUp = true;
    await settled(element);
    const dialer = dialersMade().at(-1)!;
    expect(dialer.settings.pauseForWrapUp).to.equal(true);
    await show(element, dialer, stateIn('open', {}, READY));
    const ended = stateIn('ended', {}, { reach: 'away' });
    await show(element, dialer, ended);
    expect(textOf(element)).to.include('No customer rings until you save or close.');
    await element.saveWrapUp('of another call', { note: 'x', disposition: null });
    expect(element.phase).to.equal('ended');
    await element.saveWrapUp(ended.call!.callId, { note: 'x', disposition: null });
    expect(element.phase).to.equal('idle');
  });

  it('a command that did not reach the phone window is said during the call', async () => {
    const { element, dialer } = await mounted();
    const problem = { code: 'not-delivered', carrierCode: null } as const;
    await show(element, dialer, stateIn('open', {}, { place: 'phone-window', problem }));
    expect(part(element, 'banner').innerText).to.include('did not reach the phone');
    expect(hasPart(element, 'hang-up-button')).to.equal(true);
    await expect(element).to.be.accessible();
  });
});
