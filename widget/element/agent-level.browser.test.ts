import { expect } from '@open-wc/testing';
import type { AlmasarDialer } from './almasar-dialer.ts';
import { mounted, part, settled, show } from './testing/dialer-fixture.ts';
import { stateIn, type ScriptedDialer } from './testing/scripted-dialer.ts';

const levelOf = (element: AlmasarDialer) => part(element, 'mute-button').style.getPropertyValue('--level');

function speak(dialer: ScriptedDialer, level: number): void {
  for (const listener of dialer.levels) listener(level);
}

describe('<almasar-dialer> and the agent’s voice', () => {
  async function inCall(): Promise<{ element: AlmasarDialer; dialer: ScriptedDialer }> {
    const { element, dialer } = await mounted();
    await show(element, dialer, stateIn('open'));
    expect(dialer.levels.size).to.equal(1);
    return { element, dialer };
  }

  it('moves a bar on the button that mutes, in the pill too, without the element being drawn anew', async () => {
    const { element, dialer } = await inCall();
    const empty = getComputedStyle(part(element, 'mute-button')).backgroundSize;
    speak(dialer, 0.5);
    expect(element.isUpdatePending).to.equal(false);
    expect(levelOf(element)).to.equal('0.50');
    expect(getComputedStyle(part(element, 'mute-button')).backgroundSize).not.to.equal(empty);
    element.collapsed = true;
    await settled(element);
    speak(dialer, 0.25);
    expect(levelOf(element)).to.equal('0.25');
  });

  it('is not shown of whoever is muted, and again afterwards', async () => {
    const { element, dialer } = await inCall();
    speak(dialer, 0.5);
    await show(element, dialer, stateIn('open', { muted: true }));
    expect([dialer.levels.size, levelOf(element)]).to.deep.equal([0, '']);
    await show(element, dialer, stateIn('open'));
    speak(dialer, 0.75);
    expect(levelOf(element)).to.equal('0.75');
  });

  it('is watched while the agent talks in this page, and not a moment longer', async () => {
    const { element, dialer } = await inCall();
    await show(element, dialer, stateIn('ended'));
    expect(dialer.levels.size).to.equal(0);
    await show(element, dialer, stateIn('open', {}, { place: 'other-tab' }));
    expect(dialer.levels.size, 'the sound is elsewhere').to.equal(0);
    await show(element, dialer, stateIn('open'));
    expect(dialer.levels.size).to.equal(1);
    element.remove();
    await settled(element);
    expect(dialer.levels.size, 'out of the page').to.equal(0);
  });

  it('a call goes on when its script could not be fetched', async () => {
    const { element, dialer } = await mounted();
    dialer.watchLevel = () => Promise.reject(new Error('offline'));
    await show(element, dialer, stateIn('open'));
    expect(levelOf(element)).to.equal('');
    await show(element, dialer, stateIn('ended'));
  });
});
