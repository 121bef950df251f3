import { expect, fixture, html, oneEvent, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { AlmasarDialer } from './almasar-dialer.ts';
import { dialersMade, fieldOf, hasPart, mounted, part, settled, show, textOf } from './testing/dialer-fixture.ts';
import { stateIn } from './testing/scripted-dialer.ts';

const EVENTS = ['almasar-dial', 'almasar-call-ringing', 'almasar-call-open', 'almasar-call-ended'] as const;

describe('<almasar-dialer>', () => {
  describe('as part of a page', () => {
    it('gives the phone what the attributes say, and the token of the page before that of the endpoint', async () => {
      const { element, dialer } = await mounted();
      expect(dialer.settings).to.include({ service: 'https://service.example', defaultCountry: 'EG' });
      element.getAuthToken = () => Promise.resolve('jwt of the page');
      expect(await dialer.settings.getAuthToken()).to.equal('jwt of the page');
    });

    it('names the endpoint that did not answer with a token', async () => {
      const { element, dialer } = await mounted();
      element.authEndpoint = '/no-such-endpoint';
      const said = await dialer.settings.getAuthToken().catch((error: unknown) => String(error));
      expect(said).to.match(/POST \/no-such-endpoint: \d{3}, expected \{"token"/);
    });

    it('makes a new phone when the service changes, but not during a call', async () => {
      const { element, dialer } = await mounted();
      await show(element, dialer, stateIn('open'));
      element.service = 'https://other.example';
      await settled(element);
      expect(dialersMade().at(-1)).to.equal(dialer);
      await show(element, dialer, stateIn('idle'));
      expect(dialersMade().at(-1)?.settings.service).to.equal('https://other.example');
      expect(dialer.asked).to.deep.include(['close']);
    });

    it('keeps its phone and its call when it is moved', async () => {
      const { element, dialer } = await mounted();
      await show(element, dialer, stateIn('open'));
      const elsewhere = await fixture(html`<div></div>`);
      elsewhere.append(element);
      await settled(element);
      expect(element.phase).to.equal('open');
      expect(hasPart(element, 'hang-up-button')).to.equal(true);
      element.hangUp();
      expect(dialer.asked).to.deep.equal([['hangUp']]);
    });

    it('keeps a call alive while it is out of the document, and gives the phone back after it', async () => {
      const { element, dialer } = await mounted();
      dialer.become(stateIn('open'));
      element.remove();
      dialer.become(stateIn('ended'));
      expect(dialer.asked).to.deep.equal([]);
      await waitUntil(() => dialer.asked.length > 0, 'the phone is given back', { timeout: 4000 });
      expect(dialer.asked).to.deep.equal([['close']]);
      expect(element.phase).to.equal('idle');
    });

    it('speaks its own language, else that of the closest ancestor, and follows a change', async () => {
      const outer = await fixture<HTMLElement>(
        html`<div lang="ar-EG">
          <almasar-dialer service="https://service.example" auth-endpoint="/auth"></almasar-dialer>
        </div>`,
      );
      const element = outer.querySelector('almasar-dialer')!;
      await settled(element);
      expect(part(element, 'status').textContent).to.equal('جاهز');
      outer.lang = 'en-GB';
      await waitUntil(() => part(element, 'status').textContent === 'Ready');
      element.lang = 'ar';
      await waitUntil(() => part(element, 'status').textContent === 'جاهز');
      expect(part(element, 'panel').dir).to.equal('rtl');
    });

    it('shows the page’s own content about the customer', async () => {
      const { element, dialer } = await mounted();
      element.innerHTML = '<a slot="customer" href="#card">Card</a>';
      await show(element, dialer, stateIn('open'));
      expect(element.querySelector('a')!.getBoundingClientRect().height).to.be.above(0);
    });
  });

  describe('to the page', () => {
    it('reflects the phase and shows a frozen state', async () => {
      const { element, dialer } = await mounted();
      expect(element.getAttribute('phase')).to.equal('idle');
      dialer.become(stateIn('ringing'));
      expect(element.getAttribute('phase')).to.equal('ringing');
      expect(Object.isFrozen(element.state)).to.equal(true);
    });

    it('tells of a call in plain data, through shadow roots', async () => {
      const { element, dialer } = await mounted();
      const heard: [string, unknown][] = [];
      const hear = (event: CustomEvent) => {
        heard.push([event.type, structuredClone(event.detail)]);
        expect(event.composed && event.bubbles).to.equal(true);
      };
      for (const type of EVENTS) document.addEventListener(type, hear as EventListener);
      element.dial('010 0123 4501', { name: 'Mona' });
      const phases = ['dialing', 'ringing', 'open', 'reconnecting', 'open', 'ending', 'ended'] as const;
      for (const phase of phases) dialer.become(stateIn(phase));
      for (const type of EVENTS) document.removeEventListener(type, hear as EventListener);
      const call = {
        callId: '01931b4e-7c00-7000-8000-000000000001',
        number: '+201001234501',
        name: 'منى السيد',
        direction: 'outgoing',
      };
      expect(heard).to.deep.equal([
        ['almasar-dial', { to: '010 0123 4501', name: 'Mona' }],
        ['almasar-call-ringing', call],
        ['almasar-call-open', call],
        ['almasar-call-ended', { ...call, outcome: 'answered', durationSeconds: 125, problem: null }],
      ]);
      expect(dialer.asked).to.deep.equal([['dial', '010 0123 4501', { name: 'Mona' }]]);
    });

    it('makes no call that the page prevents, and none during a call', async () => {
      const { element, dialer } = await mounted();
      element.addEventListener('almasar-dial', (event) => event.preventDefault(), { once: true });
      element.dial('1');
      dialer.become(stateIn('ringing'));
      element.dial('2');
      expect(dialer.asked).to.deep.equal([]);
    });

    it('says what went wrong in the element’s language', async () => {
      const { element, dialer } = await mounted('ar');
      setTimeout(() =>
        dialer.become(stateIn('ended', {}, { problem: { code: 'microphone-denied', carrierCode: 31401 } })),
      );
      const { detail } = await oneEvent(element, 'almasar-error');
      expect(detail).to.include({ code: 'microphone-denied', carrierCode: 31401 });
      expect(detail.message).to.include('الميكروفون مقفول');
    });

    it('refuses in words to call before it is set up', async () => {
      const element = await fixture<AlmasarDialer>(html`<almasar-dialer lang="en"></almasar-dialer>`);
      setTimeout(() => element.dial('010'));
      const { detail } = await oneEvent(element, 'almasar-error');
      expect(detail.code).to.equal('service-not-set');
    });

    it('hands requests to the phone', async () => {
      const { element, dialer } = await mounted();
      dialer.become(stateIn('open'));
      element.mute(true);
      element.sendDigits('1w2');
      element.hangUp();
      expect(dialer.asked).to.deep.equal([['mute', true], ['sendDigits', '1w2'], ['hangUp']]);
    });
  });

  describe('to the agent', () => {
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
      expect(dialer.asked).to.deep.include(['dial', '01001234501', {}]);
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
      part(element, 'field').parentElement!.querySelector('button')!.click();
      await settled(element);
      part(element, 'call-button').click();
      expect(dialer.asked).to.deep.include(['dial', '+20', {}]);
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
      expect(dialer.asked.at(-1)).to.deep.equal(['dial', '+201001234501', {}]);
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
      expect(dialer.asked).to.deep.equal([['dial', '+201001234501', { name: 'منى السيد' }]]);
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
});
