import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { render } from 'lit';
import { en } from '../locales/en.ts';
import { hasPart, mounted, part, settled, show, textOf } from './testing/dialer-fixture.ts';
import { stateIn, waitingCall } from './testing/scripted-dialer.ts';
import type { Face } from './views/face.ts';
import { plain } from './views/plain.ts';

const FIRST = '01931b4e-7c00-7000-8000-000000000001';
const SECOND = '01931b4e-7c00-7000-8000-000000000002';

describe('<almasar-dialer> to an agent whom customers call', () => {
  it('answers, declines and silences by button, in the panel and as a pill', async () => {
    for (const name of ['answer', 'decline', 'silence'] as const) {
      for (const collapsed of [false, true]) {
        const { element, dialer } = await mounted();
        element.collapsed = collapsed;
        await show(element, dialer, stateIn('incoming'));
        part(element, `${name}-button`).click();
        expect(dialer.asked).to.deep.equal([name === 'silence' ? [name] : [name, FIRST]]);
      }
    }
  });

  it('takes A, D, S and M by their place on the keyboard, but only with the focus in it', async () => {
    const { element, dialer } = await mounted('ar');
    await show(element, dialer, stateIn('incoming'));
    await sendKeys({ press: 'a' });
    expect(dialer.asked).to.deep.equal([]);
    part(element, 'panel').focus();
    for (const press of ['s', 'd', 'a']) await sendKeys({ press });
    await show(element, dialer, stateIn('open'));
    await sendKeys({ press: 'm' });
    expect(dialer.asked.map(([what]) => what)).to.deep.equal(['silence', 'decline', 'answer', 'mute']);
  });

  it('takes no focus, and says at once who calls', async () => {
    const field = await fixture<HTMLInputElement>(html`<input aria-label="Note" />`);
    const { element, dialer } = await mounted();
    field.focus();
    await show(element, dialer, stateIn('incoming'));
    expect(document.activeElement).to.equal(field);
    const alert = element.shadowRoot!.querySelector('.heard[role=alert]')!;
    expect(alert.textContent).to.equal('Incoming call \u2068منى السيد\u2069');
    await show(element, dialer, stateIn('open', {}, { waiting: waitingCall() }));
    expect(alert.textContent).to.equal('Another call \u2068Karim Adel\u2069');
  });

  it('says which line was called, where there are several', async () => {
    const { element, dialer } = await mounted();
    await show(element, dialer, stateIn('incoming'));
    expect(hasPart(element, 'line')).to.equal(false);
    for (const phase of ['incoming', 'open'] as const) {
      await show(element, dialer, stateIn(phase, { direction: 'incoming', line: '+20224610000' }));
      expect(part(element, 'line').innerText.replace(/\s/g, '')).to.equal('Ournumber+20224610000');
    }
  });

  it('keeps a second call that nobody answered in sight, and says it at once', async () => {
    const { element, dialer } = await mounted();
    const told: string[] = [];
    element.addEventListener('almasar-call-missed', ({ detail }) => told.push(detail.callId));
    await show(element, dialer, stateIn('open', {}, { waiting: waitingCall() }));
    await show(element, dialer, stateIn('open', {}, { missed: [waitingCall()] }));
    expect(part(element, 'notice').innerText).to.contain('Missed call').and.to.contain('Karim Adel');
    const alert = element.shadowRoot!.querySelector('.heard[role=alert]')!;
    expect(alert.textContent).to.equal('Missed call \u2068Karim Adel\u2069');
    expect(told).to.deep.equal([SECOND]);
  });

  it('shows the most serious of several warnings, and the next when that is gone', async () => {
    const { element, dialer } = await mounted();
    await show(element, dialer, stateIn('open', {}, { warnings: ['not-heard-microphone', 'choppy'] }));
    expect(element.shadowRoot!.querySelectorAll('[part=banner]')).to.have.lengthOf(1);
    expect(part(element, 'banner').innerText).to.contain('cannot hear you');
    await show(element, dialer, stateIn('open', {}, { warnings: ['choppy'] }));
    expect(part(element, 'banner').innerText).to.not.contain('cannot hear you');
  });

  it('makes no use of the second click of a double click', async () => {
    const { element, dialer } = await mounted();
    await show(element, dialer, stateIn('open'));
    part(element, 'keypad-button').click();
    await show(element, dialer, stateIn('incoming'));
    part(element, 'decline-button').click();
    expect(dialer.asked, 'the ring came under the pointer').to.deep.equal([]);
    const next = await mounted();
    await show(next.element, next.dialer, stateIn('incoming'));
    part(next.element, 'answer-button').click();
    await show(next.element, next.dialer, stateIn('incoming', { accepting: true }));
    part(next.element, 'hang-up-button').click();
    expect(next.dialer.asked, 'the hang-up came under the pointer').to.deep.equal([['answer', FIRST]]);
  });

  it('offers a second call: ends the first and answers, or declines', async () => {
    const { element, dialer } = await mounted();
    await show(element, dialer, stateIn('open', {}, { waiting: waitingCall() }));
    const waiting = part(element, 'waiting');
    expect(waiting.textContent).to.include('Karim Adel');
    waiting.querySelector<HTMLElement>('[part=answer-button]')!.click();
    expect(dialer.asked).to.deep.equal([['answer', SECOND]]);
    await show(element, dialer, stateIn('ending', {}, { waiting: waitingCall({ accepting: true }) }));
    expect([...part(element, 'waiting').querySelectorAll('button')].every((button) => button.disabled)).to.equal(true);
  });

  it('says what to do about a ringtone that the browser mutes, and that it is silenced', async () => {
    const { element, dialer } = await mounted();
    await show(element, dialer, stateIn('incoming', {}, { ring: 'blocked' }));
    expect(part(element, 'banner').textContent).to.include('Click here to let it sound');
    await show(element, dialer, stateIn('incoming', {}, { ring: 'silenced' }));
    expect((part(element, 'silence-button') as HTMLButtonElement).disabled).to.equal(true);
  });

  it('calls back one that was missed, and keeps it until it is read', async () => {
    const { element, dialer } = await mounted();
    const missed = { direction: 'incoming', openedAt: null } as const;
    await show(element, dialer, stateIn('ended', missed, { outcome: 'missed' }));
    expect(textOf(element)).to.include('Missed call').and.include('Call back');
    part(element, 'call-button').click();
    expect(dialer.asked).to.deep.equal([
      ['dial', '+201001234501', { name: 'منى السيد', record: true, callerId: undefined }],
    ]);
  });

  it('shows and switches whether customers may call, and brings the phone here from another tab', async () => {
    const { element, dialer } = await mounted();
    const available = () => part(element, 'available-switch');
    await show(element, dialer, stateIn('idle', {}, { reach: 'ready', place: 'other-tab' }));
    expect(available().getAttribute('aria-checked')).to.equal('true');
    available().click();
    expect(available().getAttribute('aria-checked'), 'asking changes nothing').to.equal('true');
    await show(element, dialer, stateIn('idle', {}, { reach: 'away', place: 'other-tab' }));
    expect(available().getAttribute('aria-checked')).to.equal('false');
    part(element, 'take-over-button').click();
    expect(dialer.asked).to.deep.equal([['setAvailable', false], ['takeOver']]);
    await show(element, dialer, stateIn('open', {}, { place: 'other-tab' }));
    expect(hasPart(element, 'take-over-button'), 'not during a call').to.equal(false);
    element.receiveCalls = false;
    await settled(element);
    expect(hasPart(element, 'available-switch')).to.equal(false);
  });

  it('draws a call plainly while the script for it is on its way', async () => {
    const place = await fixture<HTMLElement>(html`<div></div>`);
    const asked: string[] = [];
    const buttons = { answer: () => asked.push('answer'), decline: () => asked.push('decline') };
    const face = { t: en, missing: null, ...buttons, hangUp: () => asked.push('hangUp') } as unknown as Face;
    for (const phase of ['incoming', 'open'] as const) {
      const state = stateIn(phase);
      render(plain({ ...face, state }, state.call!), place);
      expect(place.innerText).to.include('منى السيد').and.include(en.phases[phase]);
      for (const button of place.querySelectorAll('button')) button.click();
    }
    expect(asked).to.deep.equal(['decline', 'answer', 'hangUp']);
  });
});
