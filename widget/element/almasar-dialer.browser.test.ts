import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import type { AlmasarDialer } from './almasar-dialer.ts';
import { dialersMade, hasPart, mounted, part, settled, show } from './testing/dialer-fixture.ts';
import { stateIn, waitingCall } from './testing/scripted-dialer.ts';
import { waitUntil } from '../testing/wait-until.ts';

const EVENTS = ['almasar-dial', 'almasar-call-ringing', 'almasar-call-open', 'almasar-call-ended'] as const;

describe('<almasar-dialer>', () => {
  describe('as part of a page', () => {
    it('gives the phone what the attributes say, and the token of the page before that of the endpoint', async () => {
      const { element, dialer } = await mounted();
      const said = {
        service: 'https://service.example',
        defaultCountry: 'EG',
        receiveCalls: true,
        pauseForWrapUp: false,
        phoneWindow: false,
      };
      expect(dialer.settings).to.include(said);
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
      expect(next.asked).to.deep.equal([['dial', '01001234501', { name: null, record: true, callerId: undefined }]]);
    });

    it('hands the page’s own WebRTC to its phone, and makes a new one when that is another', async () => {
      const { element, dialer } = await mounted();
      expect(dialer.settings.webRtc).to.equal(undefined);
      const webRtc = {};
      element.webRtc = webRtc;
      await settled(element);
      expect(dialer.asked).to.deep.include(['close']);
      expect(dialersMade().at(-1)!.settings.webRtc).to.equal(webRtc);
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

    it('speaks the page’s own words, and a language that the page adds', async () => {
      const { element, dialer } = await mounted('ar-EG');
      element.messages = {
        ar: { phases: { idle: 'تمام' }, panels: { titles: { more: 'خيارات' } } },
        fa: { dir: 'rtl', phases: { idle: 'آماده' } },
      };
      await settled(element);
      expect(part(element, 'status').textContent).to.equal('تمام');
      element.openPanel('more');
      await settled(element);
      await waitUntil(() => element.shadowRoot!.querySelector('h2')?.textContent === 'خيارات');
      await show(element, dialer, stateIn('open'));
      expect(part(element, 'status').textContent, 'what is left out stays').to.equal('في مكالمة');
      await show(element, dialer, stateIn('idle'));
      element.lang = 'fa';
      await waitUntil(() => part(element, 'status').textContent === 'آماده');
      expect([part(element, 'panel').dir, part(element, 'panel').lang]).to.deep.equal(['rtl', 'fa']);
    });

    it('writes times in the page’s numerals, and phone numbers never', async () => {
      const { element, dialer } = await mounted('ar');
      element.numerals = 'arab';
      await show(element, dialer, stateIn('ringing', { ringingAt: Date.now() - 65_400 }));
      expect(part(element, 'timer').textContent).to.equal('١:٠٥');
      expect(part(element, 'timer').ariaLabel).to.equal('دقيقة و٥ ثواني');
      expect(part(element, 'customer').textContent).to.include('+20 100 123 4501');
    });

    it('fills its place in the page where it is inline', async () => {
      const place = await fixture<HTMLElement>(
        html`<div style="width: 400px; height: 640px">
          <almasar-dialer inline lang="en" service="https://service.example" auth-endpoint="/auth"></almasar-dialer>
        </div>`,
      );
      const element = place.querySelector('almasar-dialer')!;
      await settled(element);
      const { left, top, width, height } = part(element, 'panel').getBoundingClientRect();
      const around = place.getBoundingClientRect();
      expect([left, top, width, height]).to.deep.equal([around.left, around.top, 400, 640]);
      expect(getComputedStyle(element).position).not.to.equal('fixed');
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
        ['almasar-dial', { to: '010 0123 4501', name: 'Mona', record: true, callerId: undefined }],
        ['almasar-call-ringing', call],
        ['almasar-call-open', call],
        ['almasar-call-ended', { ...call, outcome: 'answered', durationSeconds: 125, problem: null }],
      ]);
      expect(dialer.asked).to.deep.equal([
        ['dial', '010 0123 4501', { name: 'Mona', record: true, callerId: undefined }],
      ]);
    });

    it('tells of a customer’s call once, waiting or not, of a missed one, and of the reach', async () => {
      const { element, dialer } = await mounted();
      const heard: [string, unknown][] = [];
      const types = ['incoming', 'missed', 'ringing', 'ended'].map((name) => `almasar-call-${name}`);
      for (const type of [...types, 'almasar-reach']) {
        element.addEventListener(type, (event) => {
          const { detail } = event as CustomEvent<object>;
          expect(Object.isFrozen(detail)).to.equal(true);
          heard.push([type, 'callId' in detail ? detail.callId : { ...detail }]);
        });
      }
      const second = waitingCall();
      dialer.become(stateIn('idle', {}, { reach: 'ready', place: 'other-tab' }));
      const rest = { reach: 'ready', place: 'other-tab' } as const;
      dialer.become(stateIn('incoming', {}, rest));
      dialer.become(stateIn('incoming', { accepting: true }, rest));
      dialer.become(stateIn('open', {}, { ...rest, waiting: second }));
      dialer.become(stateIn('open', { muted: true }, { ...rest, waiting: second }));
      dialer.become(stateIn('incoming', second, rest));
      dialer.become(stateIn('ended', { ...second, openedAt: null }, { ...rest, outcome: 'missed' }));
      const first = '01931b4e-7c00-7000-8000-000000000001';
      expect(heard).to.deep.equal([
        ['almasar-reach', { reach: 'ready', place: 'other-tab' }],
        ['almasar-call-incoming', first],
        ['almasar-call-incoming', second.callId],
        ['almasar-call-missed', second.callId],
        ['almasar-call-ended', second.callId],
      ]);
    });

    it('tells of a note that was kept, by the page or by the agent, and of none that was refused', async () => {
      const { element, dialer } = await mounted();
      const heard: unknown[] = [];
      element.addEventListener('almasar-wrap-up-saved', ({ detail }) => heard.push(detail));
      dialer.wrapUpResult = 'kept';
      expect(await element.saveWrapUp('call-1', { note: 'x', disposition: null })).to.equal('kept');
      dialer.wrapUpResult = 'refused';
      await element.saveWrapUp('call-1', { note: 'y', disposition: null });
      expect(heard).to.deep.equal([{ callId: 'call-1', note: 'x', disposition: null, result: 'kept' }]);
      dialer.wrapUpResult = 'saved';
      await show(element, dialer, stateIn('ended', { callId: crypto.randomUUID() }));
      const note = element.shadowRoot!.querySelector('textarea')!;
      note.value = 'z';
      note.dispatchEvent(new InputEvent('input', { bubbles: true }));
      await settled(element);
      [...element.shadowRoot!.querySelectorAll('button')].find((button) => /Save/.test(button.innerText))!.click();
      await waitUntil(() => heard.length === 2, 'the panel’s own is told too');
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
      dialer.recent = [
        {
          callId: '1',
          direction: 'incoming',
          number: '+201001234501',
          name: null,
          outcome: 'missed',
          record: true,
          at: 1,
        },
      ];
      element.mute(true);
      element.sendDigits('1w2');
      element.hangUp();
      element.answer();
      element.decline('call-2');
      element.silence();
      element.setAvailable(false);
      element.takeOver();
      expect(await element.recentCalls()).to.equal(dialer.recent);
      expect(dialer.asked).to.deep.equal([
        ['mute', true],
        ['sendDigits', '1w2'],
        ['hangUp'],
        ['answer', undefined],
        ['decline', 'call-2'],
        ['silence'],
        ['setAvailable', false],
        ['takeOver'],
      ]);
    });
  });
});
