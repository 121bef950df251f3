import { expect, fixture, html, oneEvent, waitUntil } from '@open-wc/testing';
import type { AlmasarDialer } from './almasar-dialer.ts';
import { dialersMade, hasPart, mounted, part, settled, show } from './testing/dialer-fixture.ts';
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

    it('makes a new phone when another agent signs in: no call is made as somebody else', async () => {
      const { element, dialer } = await mounted();
      element.getAuthToken = () => Promise.resolve('jwt of the next agent');
      element.dial('01001234501');
      expect(dialer.asked).to.deep.equal([['close']]);
      const next = dialersMade().at(-1)!;
      expect(await next.settings.getAuthToken()).to.equal('jwt of the next agent');
      expect(next.asked).to.deep.equal([['dial', '01001234501', { name: undefined }]]);
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
});
