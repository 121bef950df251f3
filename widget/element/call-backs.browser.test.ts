import { expect } from '@open-wc/testing';
import type { CallBack } from '../core/dialer.ts';
import type { AlmasarDialer } from './almasar-dialer.ts';
import { hasPart, mounted, part, settled, show } from './testing/dialer-fixture.ts';
import { ScriptedDialer, stateIn } from './testing/scripted-dialer.ts';
import { waitUntil } from '../testing/wait-until.ts';

const READY = stateIn('idle', {}, { reach: 'ready' });

function dueIn(ms: number, name: string | null = 'منى'): CallBack {
  const number = '+201001234501';
  return { callId: `${name} ${ms}`, number, name, record: true, note: null, dueAt: Date.now() + ms };
}

async function listed(element: AlmasarDialer, dialer: ScriptedDialer, calls: readonly CallBack[]): Promise<void> {
  // What asks for them comes once the page is idle.
  await waitUntil(() => dialer.callBackListeners.size > 0, 'they are followed', { timeout: 5000 });
  dialer.toCallBack = calls;
  for (const listener of dialer.callBackListeners) listener();
  await new Promise((resolve) => setTimeout(resolve));
  await settled(element);
}

/** What was followed before is followed anew. */
function move(element: AlmasarDialer): void {
  const page = element.parentElement!;
  element.remove();
  page.append(element);
}

const polite = (element: AlmasarDialer) => element.shadowRoot!.querySelector('.heard[role=status]')!.textContent;

describe('call-backs beside the phone', () => {
  it('are counted between calls, those that are due besides; the button leads to them', async () => {
    const { element, dialer } = await mounted();
    await show(element, dialer, READY);
    await listed(element, dialer, [dueIn(-1000), dueIn(3_600_000)]);
    expect(part(element, 'call-backs-button').innerText.replace(/\s+/g, ' ').trim()).to.equal('2 call-backs 1 due');
    element.numerals = 'arab';
    await settled(element);
    expect(part(element, 'call-backs-button').innerText).to.include('٢');
    await show(element, dialer, stateIn('open'));
    expect(hasPart(element, 'call-backs-button')).to.equal(false);
    await show(element, dialer, READY);
    part(element, 'call-backs-button').click();
    await settled(element);
    expect(element.shadowRoot!.querySelector('.pane-dial')).not.to.equal(null);
    await listed(element, dialer, []);
    part(element, 'back-button').click();
    await settled(element);
    expect(hasPart(element, 'call-backs-button')).to.equal(false);
  });

  it('one whose time comes is said politely, once the phone is idle, and marked', async () => {
    const { element, dialer } = await mounted();
    await show(element, dialer, READY);
    await listed(element, dialer, [dueIn(-1000)]);
    expect(polite(element)).not.to.include('Time to call');
    await listed(element, dialer, [dueIn(-1000), dueIn(100)]);
    await waitUntil(() => polite(element).includes('Time to call'));
    expect(polite(element)).to.equal('Time to call \u2068منى\u2069 back');
    expect(element.shadowRoot!.querySelector('.heard[role=alert]')!.textContent).to.equal('');
    await settled(element);
    expect(part(element, 'call-backs-button').innerText).to.include('2 due');
    await show(element, dialer, stateIn('ringing'));
    await show(element, dialer, READY);
    expect(polite(element)).not.to.include('Time to call');
  });

  it('are counted as the service counts them where there are more than are at hand', async () => {
    const { element, dialer } = await mounted();
    await show(element, dialer, READY);
    dialer.callBackCounts = { total: 250, due: 120 };
    const words = () => part(element, 'call-backs-button').innerText.replace(/\s+/g, ' ').trim();
    await listed(element, dialer, [dueIn(-2000), dueIn(-1000)]);
    expect(words()).to.equal('250 call-backs 120 due');
    // What is to come is at hand: then so are all that are due.
    await listed(element, dialer, [dueIn(-2000), dueIn(-1000), dueIn(3_600_000)]);
    expect(words()).to.equal('250 call-backs 2 due');
  });

  it('that are due are counted on the pill between calls, and said in its name', async () => {
    const { element, dialer } = await mounted();
    await show(element, dialer, READY);
    element.collapsed = true;
    const count = () => part(element, 'launcher').querySelector<HTMLElement>('.due')?.dataset['count'];
    await listed(element, dialer, [dueIn(3_600_000)]);
    expect(count()).to.equal(undefined);
    await listed(element, dialer, [dueIn(-2000), dueIn(-1000), dueIn(3_600_000)]);
    expect(count()).to.equal('2');
    expect(part(element, 'launcher').ariaLabel).to.equal('Open phone (Ready, 2 due)');
    element.numerals = 'arab';
    await settled(element);
    expect(count()).to.equal('٢');
    const [badge, dot] = ['.due', '.dot'].map((name) => part(element, 'launcher').querySelector(name)!);
    await show(element, dialer, stateIn('idle', {}, { reach: 'offline' }));
    const [a, b] = [badge!.getBoundingClientRect(), dot!.getBoundingClientRect()];
    expect(a.bottom < b.top || a.right < b.left || b.right < a.left, 'beside the mark of trouble').to.equal(true);
    await expect(element).to.be.accessible();
    await listed(element, dialer, []);
    expect(count()).to.equal(undefined);
  });

  it('during a call nothing is said of it', async () => {
    const { element, dialer } = await mounted();
    await show(element, dialer, READY);
    await listed(element, dialer, [dueIn(1500)]);
    await show(element, dialer, stateIn('open'));
    const said: string[] = [];
    const watch = new MutationObserver(() => said.push(polite(element) ?? ''));
    watch.observe(element.shadowRoot!, { subtree: true, childList: true, characterData: true });
    await waitUntil(() => dialer.toCallBack[0]!.dueAt < Date.now() - 100);
    watch.disconnect();
    expect(said.join()).not.to.include('Time to call');
    await show(element, dialer, READY);
    expect(part(element, 'call-backs-button').innerText).to.include('1 due');
  });

  it('an element that is gone listens no more', async () => {
    const { element, dialer } = await mounted();
    await show(element, dialer, READY);
    await listed(element, dialer, [dueIn(1000)]);
    element.remove();
    await settled(element);
    expect(dialer.callBackListeners.size).to.equal(0);
  });

  it('are asked for again where their script could not be fetched', async () => {
    const { element, dialer } = await mounted();
    const callBacks = () => ScriptedDialer.prototype.callBacks.call(dialer);
    let asked = 0;
    dialer.callBacks = async () => {
      asked += 1;
      if (asked === 1) throw new TypeError('Failed to fetch dynamically imported module');
      return await callBacks();
    };
    move(element);
    await waitUntil(() => asked > 0);
    await show(element, dialer, READY);
    await listed(element, dialer, [dueIn(-1000)]);
    expect(asked).to.equal(2);
    expect(part(element, 'call-backs-button').innerText).to.include('1 due');
  });

  it('an element that is moved while their script is on its way listens once, and one that is gone not at all', async () => {
    const { element, dialer } = await mounted();
    const callBacks = () => ScriptedDialer.prototype.callBacks.call(dialer);
    const arrived = Promise.withResolvers<void>();
    let asked = 0;
    dialer.callBacks = async () => {
      asked += 1;
      await arrived.promise;
      return await callBacks();
    };
    for (const times of [1, 2]) {
      move(element);
      await waitUntil(() => asked >= times);
    }
    arrived.resolve();
    await waitUntil(() => dialer.callBackListeners.size > 0);
    await settled(element);
    expect(dialer.callBackListeners.size).to.equal(1);
    element.remove();
    expect(dialer.callBackListeners.size).to.equal(0);
  });
});
