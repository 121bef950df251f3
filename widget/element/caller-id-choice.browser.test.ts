import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { AlmasarDialer } from './almasar-dialer.ts';
import type { AlmasarDialEvent } from './events.ts';
import { fieldOf, hasPart, mounted, offer, part, settled, show, textOf } from './testing/dialer-fixture.ts';
import { stateIn, type ScriptedDialer } from './testing/scripted-dialer.ts';
import { waitUntil } from '../testing/wait-until.ts';

const [SALES, CARE, FOREIGN] = ['+20224610000', '+20224610001', '+15005550006'] as const;
const NUMBERS = [
  { number: SALES, label: { ar: 'المبيعات', en: 'Sales' } },
  { number: CARE, label: null },
];
const IDLE = stateIn('idle', {}, { reach: 'ready' });

function chooser(element: AlmasarDialer): HTMLSelectElement {
  const select = part(element, 'caller-id').querySelector('select');
  if (!select) throw new Error('There is nothing to choose from.');
  return select;
}

async function choose(element: AlmasarDialer, number: string): Promise<void> {
  const select = chooser(element);
  select.value = number;
  select.dispatchEvent(new Event('change', { bubbles: true }));
  await settled(element);
}

/** Refused as the service does it: the call is over with that problem. */
const REFUSED = stateIn(
  'ended',
  { openedAt: null, line: null },
  { outcome: null, problem: { code: 'caller-id-refused', carrierCode: null } },
);

const dialed = ({ asked }: ScriptedDialer) => asked.filter(([name]) => name === 'dial').map(([, , options]) => options);

describe('which number customers see', () => {
  async function offered(lang = 'en', numbers: readonly (typeof NUMBERS)[number][] = NUMBERS, chosen?: string) {
    const { element, dialer } = await mounted(lang);
    await show(element, dialer, IDLE);
    await offer(element, dialer, numbers, chosen);
    return { element, dialer };
  }

  it('is no choice where there is one number, or none', async () => {
    for (const numbers of [[], [NUMBERS[0]!]]) {
      const { element } = await offered('en', numbers);
      expect(hasPart(element, 'caller-id')).to.equal(false);
    }
  });

  for (const [lang, sales, automatic] of [
    ['en', 'Sales', 'Automatic'],
    ['ar', 'المبيعات', 'تلقائي'],
  ] as const) {
    it(`${lang}: is chosen from what the agent may show, by name and number, in a field as high as a finger`, async () => {
      const { element } = await offered(lang);
      const select = chooser(element);
      const read = [...select.options].map(({ text }) =>
        text.replace(/[\u2066-\u2069]/g, '').replaceAll('\u00a0', ' '),
      );
      expect(read).to.deep.equal([automatic, `${sales} · +20 224 610 000`, '+20 224 610 001']);
      expect(select.labels?.[0]?.textContent).to.have.length.above(5);
      expect(select.getBoundingClientRect().height).to.be.at.least(44);
      const { left, right } = part(element, 'caller-id').getBoundingClientRect();
      const panel = part(element, 'panel').getBoundingClientRect();
      expect(left > panel.left && right < panel.right).to.equal(true);
      await expect(element).to.be.accessible();
    });
  }

  it('what is chosen is kept, is the element’s callerId, and goes with the next call and its event', async () => {
    const { element, dialer } = await offered();
    const heard: unknown[] = [];
    element.addEventListener('almasar-dial', ({ detail }: AlmasarDialEvent) => heard.push(detail.callerId));
    element.dial('01001234501');
    await choose(element, CARE);
    expect([element.callerId, dialer.callerIdChoice.chosen()]).to.deep.equal([CARE, CARE]);
    element.dial('01001234501', { name: 'منى' });
    element.dial('01001234501', { callerId: SALES });
    await choose(element, '');
    expect([element.callerId, dialer.callerIdChoice.chosen()]).to.deep.equal([undefined, null]);
    element.dial('01001234501');
    expect(heard).to.deep.equal([undefined, CARE, SALES, undefined]);
    expect(dialed(dialer)).to.deep.equal([
      { name: null, record: true, callerId: undefined },
      { name: 'منى', record: true, callerId: CARE },
      { name: null, record: true, callerId: SALES },
      { name: null, record: true, callerId: undefined },
    ]);
  });

  it('is chosen by keyboard: keys are the field’s own, and Enter calls nobody', async () => {
    const { element, dialer } = await offered();
    element.callerId = SALES;
    await settled(element);
    chooser(element).focus();
    await sendKeys({ press: 'ArrowDown' });
    expect(element.callerId).to.equal(CARE);
    await sendKeys({ press: '1' });
    await sendKeys({ press: 'm' });
    expect(fieldOf(element).value).to.equal('');
    element.shadowRoot?.querySelector<HTMLElement>('[part=key]')?.click();
    await settled(element);
    chooser(element).dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true }));
    expect(dialed(dialer)).to.deep.equal([]);
  });

  it('another tab’s choice is shown here, and is what the next call shows', async () => {
    const { element, dialer } = await offered();
    dialer.callerIdChoice.choose(CARE);
    await settled(element);
    expect([chooser(element).value, element.callerId]).to.deep.equal([CARE, CARE]);
  });

  it('the page may set it, before and after, also by its attribute; the agent may choose another', async () => {
    const { element, dialer } = await offered();
    element.setAttribute('caller-id', SALES);
    await settled(element);
    expect(chooser(element).value).to.equal(SALES);
    expect(dialer.callerIdChoice.chosen(), 'the agent has chosen nothing').to.equal(null);
    await choose(element, CARE);
    expect(element.callerId).to.equal(CARE);
  });

  it('what the page says stands beside a remembered number that may be shown no more', async () => {
    const { element, dialer } = await mounted();
    element.callerId = SALES;
    await show(element, dialer, IDLE);
    dialer.callerIdChoice.choose(FOREIGN);
    dialer.callerIdChoice.numbers = NUMBERS;
    element.prepare();
    await waitUntil(() => dialer.callerIdChoice.chosen() === null);
    await settled(element);
    expect([element.callerId, chooser(element).value]).to.deep.equal([SALES, SALES]);
  });

  for (const [lang, title] of [
    ['en', '+1 500 555 0006 may not be shown'],
    ['ar', '+1 500 555 0006 مش مسموح يظهر'],
  ] as const) {
    it(`${lang}: a remembered number that may be shown no more is forgotten, and that is said and heard`, async () => {
      const { element, dialer } = await offered(lang, NUMBERS, FOREIGN);
      expect(textOf(element).replace(/[\u2066-\u2069]/g, '')).to.include(title);
      expect(
        element.shadowRoot?.querySelector('[role=status]')?.textContent?.replace(/[\u2066-\u2069\u00a0]/g, ' '),
      ).to.include('500');
      expect([element.callerId, dialer.callerIdChoice.chosen()]).to.deep.equal([undefined, null]);
      expect(hasPart(element, 'caller-id')).to.equal(false);
      part(element, 'notice').querySelector('button')?.focus();
      await sendKeys({ press: 'Enter' });
      await settled(element);
      expect([hasPart(element, 'notice'), chooser(element).value]).to.deep.equal([false, '']);
      expect(element.shadowRoot?.activeElement === chooser(element), 'the choice is in its place').to.equal(true);
    });
  }

  it('a number that the service refuses is asked about again, and given up; calling again shows what the service chooses', async () => {
    const { element, dialer } = await offered('en', NUMBERS, CARE);
    const before = dialer.callerIdChoice.asked;
    dialer.callerIdChoice.numbers = [NUMBERS[0]!];
    await show(element, dialer, REFUSED);
    expect(textOf(element)).to.include('This caller ID is not allowed');
    part(element, 'call-button').click();
    expect(dialed(dialer).at(-1)).to.deep.include({ callerId: null });
    await show(element, dialer, IDLE);
    expect(dialer.callerIdChoice.asked).to.equal(before + 1);
    expect([element.callerId, dialer.callerIdChoice.chosen()]).to.deep.equal([undefined, null]);
    expect(textOf(element)).to.include('may not be shown');
  });

  it('calling again shows the same number as before; calling back, what is chosen', async () => {
    const { element, dialer } = await offered();
    await show(element, dialer, stateIn('ended', { openedAt: null, line: SALES }, { outcome: 'busy' }));
    part(element, 'call-button').click();
    const missed = stateIn('ended', { direction: 'incoming', openedAt: null, line: SALES }, { outcome: 'missed' });
    await show(element, dialer, missed);
    part(element, 'call-button').click();
    expect(dialed(dialer).map((options) => (options as { callerId: unknown }).callerId)).to.deep.equal([
      SALES,
      undefined,
    ]);
  });

  it('does not come between the agent and the keypad while a number is being written', async () => {
    const { element, dialer } = await mounted();
    await show(element, dialer, IDLE);
    const field = fieldOf(element);
    field.value = '0100';
    field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    await offer(element, dialer, NUMBERS);
    expect(hasPart(element, 'caller-id')).to.equal(false);
    field.value = '';
    field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    await settled(element);
    expect(hasPart(element, 'caller-id')).to.equal(true);
  });

  it('goes with its agent: the next one in this element begins anew', async () => {
    const { element, dialer } = await offered();
    await choose(element, CARE);
    element.getAuthToken = () => Promise.resolve('another agent');
    await settled(element);
    expect(element.dialer).not.to.equal(dialer);
    expect(element.callerId).to.equal(undefined);
  });
});
