import { expect } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import type { DialerState } from '../core/state.ts';
import type { AlmasarDialer } from './almasar-dialer.ts';
import type { ScriptedDialer } from './testing/scripted-dialer.ts';
import { faced, hasPart, mounted, part, settled, show, textOf } from './testing/dialer-fixture.ts';
import { FACES } from './testing/faces.ts';
import { stateIn, waitingCall } from './testing/scripted-dialer.ts';
import { waitUntil } from '../testing/wait-until.ts';

const SECOND = '01931b4e-7c00-7000-8000-000000000002';

const ROOMS: Record<string, (element: AlmasarDialer) => void> = {
  pill: (element) => (element.collapsed = true),
  'below the note': (element) => element.openPanel('wrap-up'),
};

describe('<almasar-dialer> with a call in little room', () => {
  for (const [name, make] of Object.entries(ROOMS)) {
    async function drawn(state: DialerState): Promise<{ element: AlmasarDialer; dialer: ScriptedDialer }> {
      const { element, dialer } = await mounted();
      await show(element, dialer, state);
      make(element);
      await settled(element);
      return { element, dialer };
    }

    const isSmall = (element: AlmasarDialer) => element.collapsed || hasPart(element, 'back-button');

    it(`${name}: trouble is in sight, the most serious first, and a press shows all of it`, async () => {
      const device = 'Jabra Evolve2 65 Mono';
      const cases: [DialerState, string][] = [
        [stateIn('open', {}, { warnings: ['not-heard-microphone', 'choppy'] }), 'We cannot hear you'],
        [stateIn('open', {}, { notice: { code: 'microphone-lost', device } }), 'Microphone unplugged'],
        [stateIn('reconnecting', {}, { warnings: ['choppy'] }), 'The call is still on'],
      ];
      for (const [state, words] of cases) {
        const { element } = await drawn(state);
        expect(element.shadowRoot!.querySelectorAll('[part=banner]')).to.have.lengthOf(1);
        expect(part(element, 'banner').innerText).to.include(words);
        part(element, 'banner').click();
        await settled(element);
        expect(isSmall(element)).to.equal(false);
        expect(part(element, 'banner').innerText).to.include(words);
        element.remove();
      }
    });

    it(`${name}: a second call can be answered and declined`, async () => {
      const { element, dialer } = await drawn(stateIn('open', {}, { waiting: waitingCall() }));
      expect(part(element, 'waiting').textContent).to.include('Karim Adel');
      expect(hasPart(element, 'hang-up-button')).to.equal(true);
      part(element, 'decline-button').click();
      expect(dialer.asked).to.deep.equal([['decline', SECOND]]);
      const next = await drawn(stateIn('open', {}, { waiting: waitingCall() }));
      part(next.element, 'answer-button').click();
      expect(next.dialer.asked).to.deep.equal([['answer', SECOND]]);
    });

    it(`${name}: a number that was asked for meanwhile is said, and not called`, async () => {
      const { element, dialer } = await drawn(stateIn('open'));
      expect(element.dial('tel:+201112345678')).to.equal(false);
      await settled(element);
      expect(dialer.asked).to.deep.equal([]);
      expect(part(element, 'notice').innerText)
        .to.include('+20\u00a0111\u00a0234\u00a05678')
        .and.include('was not called');
    });
  }

  it('at 400 % the name of who calls, or is called, stands above what takes or ends the call', async () => {
    await setViewport({ width: 320, height: 225 });
    try {
      for (const [phase, button] of [
        ['incoming', 'answer-button'],
        ['dialing', 'hang-up-button'],
        ['ringing', 'hang-up-button'],
        ['open', 'hang-up-button'],
      ] as const) {
        const { element, dialer } = await mounted('ar');
        element.collapsed = false;
        await show(element, dialer, stateIn(phase, { name: 'منى السيد' }));
        const name = part(element, 'customer').querySelector('.name')!.getBoundingClientRect();
        expect(name.bottom, phase).to.be.at.most(part(element, button).getBoundingClientRect().top);
        element.remove();
      }
    } finally {
      await setViewport({ width: 800, height: 600 });
    }
  });

  it('at 400 % whatever has the focus is in sight, above what stays at the foot', async () => {
    try {
      const wanted = ['idle-call-backs-and-caller-id', 'ended', 'muted', 'waiting-muted', 'incoming-blocked', 'note'];
      for (const face of FACES.filter(({ name }) => wanted.includes(name))) {
        await setViewport({ width: 800, height: 600 });
        const element = await faced(face);
        await setViewport({ width: 320, height: 256 });
        const controls = part(element, 'panel').querySelectorAll<HTMLElement>('button, input, select, textarea');
        for (const control of controls) {
          if (control.matches(':disabled')) continue;
          control.focus();
          const { left, right, top, bottom } = control.getBoundingClientRect();
          const seen = element.shadowRoot!.elementFromPoint((left + right) / 2, (top + bottom) / 2);
          const what = control.part.value || control.innerText || control.localName;
          expect(control.contains(seen), `${face.name}: ${what}`).to.equal(true);
        }
        element.remove();
      }
    } finally {
      await setViewport({ width: 800, height: 600 });
    }
  });

  it('a pill rings with its silence, and says that the browser mutes the ringtone', async () => {
    const { element, dialer } = await mounted();
    element.collapsed = true;
    await show(element, dialer, stateIn('incoming', {}, { ring: 'blocked' }));
    expect(part(element, 'banner').innerText).to.include('The browser mutes the ringtone');
    part(element, 'silence-button').click();
    expect(dialer.asked).to.deep.equal([['silence']]);
  });

  it('a number clicked during a call is said politely, kept, and called when that is over', async () => {
    const { element, dialer } = await mounted();
    const heard = () => element.shadowRoot!.querySelector('.heard[role=status]')!.textContent;
    await show(element, dialer, stateIn('open'));
    element.dial('010 0123 4501');
    await settled(element);
    expect(hasPart(element, 'notice'), 'who is spoken to already').to.equal(false);
    expect(element.dial('tel:+201112345678', { name: 'هدى' })).to.equal(false);
    await settled(element);
    expect(heard()).to.equal('One call at a time. \u2066+20\u00a0111\u00a0234\u00a05678\u2069 was not called.');
    await show(element, dialer, stateIn('ended'));
    expect(textOf(element)).to.include('Not called yet');
    part(element, 'notice').querySelector<HTMLElement>('[part=call-button]')!.click();
    expect(dialer.asked).to.deep.equal([
      ['dial', 'tel:+201112345678', { name: 'هدى', record: true, callerId: undefined }],
    ]);
    await show(element, dialer, stateIn('dialing'));
    await show(element, dialer, stateIn('ended', {}, { outcome: 'busy' }));
    expect(hasPart(element, 'notice')).to.equal(false);
  });

  it('a number clicked while a customer calls is kept too, until it is put away', async () => {
    const { element, dialer } = await mounted();
    await show(element, dialer, stateIn('incoming'));
    element.dial('tel:+201112345678');
    await settled(element);
    expect(part(element, 'notice').innerText).to.include('was not called');
    part(element, 'notice').querySelector('button')!.click();
    await settled(element);
    expect(hasPart(element, 'notice')).to.equal(false);
  });

  it('being muted is a bar of its own with its time, also above the keypad, and gone with it', async () => {
    const { element, dialer } = await mounted();
    await show(element, dialer, stateIn('open'));
    expect(hasPart(element, 'muted')).to.equal(false);
    await show(element, dialer, stateIn('open', { muted: true }));
    const timer = () => part(element, 'muted').querySelector('[role=timer]')!.textContent;
    expect(timer()).to.equal('0:00');
    part(element, 'keypad-button').click();
    await waitUntil(() => timer() === '0:01', 'a second', { timeout: 3000 });
    await show(element, dialer, stateIn('open'));
    expect(hasPart(element, 'muted')).to.equal(false);
    await show(element, dialer, stateIn('open', { muted: true }));
    expect(timer(), 'from the beginning').to.equal('0:00');
  });
});
