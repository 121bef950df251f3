import { expect } from '@open-wc/testing';
import { dialersMade, hasPart, mounted, part, settled, show } from './testing/dialer-fixture.ts';
import { stateIn } from './testing/scripted-dialer.ts';
import { waitUntil } from '../testing/wait-until.ts';

const READY = stateIn('idle', {}, { reach: 'ready' });

describe('<almasar-dialer> that is put back into the page', () => {
  it('has a phone again after the one before was given back, with what is said beside it', async () => {
    const { element, dialer } = await mounted();
    await show(element, dialer, READY);
    await waitUntil(() => dialer.callBackListeners.size > 0);
    const page = element.parentElement!;
    element.remove();
    await waitUntil(() => dialer.asked.length > 0, 'the phone is given back', { timeout: 4000 });
    await settled(element);
    expect(dialersMade().at(-1), 'none out of the page').to.equal(dialer);
    page.append(element);
    await settled(element);
    const next = dialersMade().at(-1)!;
    expect(next).not.to.equal(dialer);
    await waitUntil(() => next.callBackListeners.size === 1, 'call-backs are followed again');
    next.become(stateIn('incoming'));
    await settled(element);
    expect(hasPart(element, 'answer-button')).to.equal(true);
  });

  it('goes on after a move with all that it does beside the phone, though nothing happens', async () => {
    const { element, dialer } = await mounted();
    await show(element, dialer, READY);
    await waitUntil(() => dialer.callBackListeners.size > 0);
    const page = element.parentElement!;
    element.remove();
    expect(dialer.callBackListeners.size).to.equal(0);
    page.append(element);
    await waitUntil(() => dialer.callBackListeners.size === 1, 'call-backs');
    await show(element, dialer, stateIn('open'));
    await waitUntil(() => dialer.levels.size === 1);
    element.remove();
    await waitUntil(() => dialer.levels.size === 0);
    page.append(element);
    await waitUntil(() => dialer.levels.size === 1, 'the level of the agent');
    expect(dialersMade().at(-1)).to.equal(dialer);
  });

  it('holds nothing while it is out of the page, though its call goes on', async () => {
    const { element, dialer } = await mounted();
    await show(element, dialer, stateIn('open'));
    await waitUntil(() => dialer.levels.size === 1);
    element.openPanel('recents');
    await settled(element);
    element.remove();
    await show(element, dialer, stateIn('open', { muted: true }));
    await show(element, dialer, stateIn('open'));
    expect(dialer.levels.size).to.equal(0);
    part(element, 'hang-up-button').click();
    expect(dialer.asked).to.deep.equal([['hangUp']]);
  });
});
