import { expect } from '@open-wc/testing';
import { callLogAr as ar } from '../locales/call-log-ar.ts';
import { callLogEn as en } from '../locales/call-log-en.ts';
import type { AlmasarCallLog } from './almasar-call-log.ts';
import { callRecord, recordingOf } from './testing/call-record.ts';
import {
  accessible,
  all,
  drawn,
  mounted,
  one,
  placed,
  restoreService,
  rowOf,
  serviceWith,
  settled,
  textOf,
} from './testing/call-log-fixture.ts';
import type { StubCalls } from './testing/stub-calls.ts';
import { waitUntil } from '../testing/wait-until.ts';

const OUTCOMES = Object.keys(en.outcomes) as (keyof typeof en.outcomes)[];
const CALLS = [
  callRecord(1, { status: 'ringing', outcome: null, durationSeconds: null }),
  callRecord(2, { recordings: [recordingOf('RE2')], note: 'عايز ميعاد', disposition: 'sold' }),
  callRecord(3, { customer: { number: '+201001234503', name: null } }),
  callRecord(4, { recordings: [recordingOf('RE4', { status: 'processing' })] }),
  callRecord(5, { recordings: [recordingOf('RE5', { status: 'absent', errorCode: 13238 })] }),
  callRecord(6, { recordings: [recordingOf('RE6', { encrypted: true })] }),
  ...OUTCOMES.map((outcome, at) =>
    callRecord(10 + at, {
      outcome,
      direction: outcome === 'missed' || outcome === 'voicemail' ? 'incoming' : 'outgoing',
      durationSeconds: outcome === 'answered' ? 65 : 0,
      recordings: outcome === 'voicemail' ? [recordingOf('RE9', { channels: 1 })] : [],
    }),
  ),
];

async function open(element: AlmasarCallLog, at: number): Promise<void> {
  rowOf(element, CALLS[at]!).querySelector<HTMLElement>('[part=details-button]')?.click();
  await drawn(element, '[part=details]');
}

describe('<almasar-call-log> states', () => {
  let service: StubCalls;
  beforeEach(() => (service = serviceWith(CALLS)));
  afterEach(restoreService);

  for (const t of [ar, en]) {
    it(`${t.lang} loading`, async () => {
      service.failing.set('GET /api/calls', 0);
      const element = await placed(t.lang);
      await drawn(element, '[part=loading]');
      expect(one(element, '[part=loading] [role=status]').textContent).to.equal(t.loading);
      await accessible(element);
    });

    it(`${t.lang} empty, and with the page's own words`, async () => {
      service.calls = [];
      const element = await placed(t.lang);
      await drawn(element, '[part=empty]');
      expect(textOf(element)).to.include(t.empty.title).and.include(t.empty.advice);
      await accessible(element);
      element.innerHTML = '<p slot="empty">Nobody called.</p>';
      expect(one<HTMLSlotElement>(element, 'slot[name=empty]').assignedElements()).to.have.length(1);
    });

    it(`${t.lang} error, and after it the calls`, async () => {
      service.failing.set('GET /api/calls', 503);
      const element = await placed(t.lang);
      await drawn(element, '[part=error]');
      expect(one(element, '[part=error]').getAttribute('role')).to.equal('alert');
      expect(textOf(element)).to.include(t.failed.title).and.include(t.failed.advice);
      await accessible(element);
      service.failing.clear();
      one(element, '[part=retry-button]').click();
      await drawn(element, '[part=row]');
    });

    it(`${t.lang} set-up`, async () => {
      const element = await placed(t.lang);
      element.service = undefined;
      await settled(element);
      expect(textOf(element)).to.include(t.setup.service).and.include('service="https://…"');
      await accessible(element);
      element.service = 'https://service.example';
      element.authEndpoint = undefined;
      await settled(element);
      expect(textOf(element)).to.include(t.setup.auth);
      element.getAuthToken = async () => 'x.e30.';
      await drawn(element, '[part=row]');
    });

    for (const width of [320, 700, 1100]) {
      it(`${t.lang} list at ${width} px: nothing is wider than its place`, async () => {
        const element = await mounted(t.lang, width);
        element.style.blockSize = '2000px';
        await settled(element);
        expect(one(element, '[part=frame]').dir).to.equal(t.dir);
        for (const outcome of OUTCOMES) expect(textOf(element)).to.include(t.outcomes[outcome]);
        expect(textOf(element)).to.include(t.statuses.ringing).and.include(t.live);
        const scroller = one(element, '.scroller');
        expect(scroller.scrollWidth).to.be.at.most(scroller.clientWidth);
        await accessible(element);
      });

      it(`${t.lang} open row at ${width} px`, async () => {
        const element = await mounted(t.lang, width);
        element.style.blockSize = '1400px';
        await open(element, 1);
        expect(textOf(element, '[part=details]')).to.include(t.note.title).and.include(t.recording.sides.customer);
        const scroller = one(element, '.scroller');
        expect(scroller.scrollWidth).to.be.at.most(scroller.clientWidth);
        await accessible(element);
      });
    }

    it(`${t.lang}: a recording that is not there is said`, async () => {
      const element = await mounted(t.lang);
      await open(element, 3);
      expect(textOf(element, '[part=details]')).to.include(t.recording.processing);
      await accessible(element);
      await open(element, 4);
      await waitUntil(() => textOf(element, '[part=details]').includes(`${t.recording.absent} (13238)`));
      await open(element, 5);
      await waitUntil(() => textOf(element, '[part=details]').includes(t.recording.encrypted));
      expect(element.shadowRoot?.querySelector('[part=play-button]')).to.equal(null);
    });

    it(`${t.lang}: a connection that is lost is said, and the list stays`, async () => {
      const element = await mounted(t.lang);
      service.failing.set('GET /api/calls/events', 503);
      service.breakStreams();
      await waitUntil(() => textOf(element, '[part=status]').includes(t.reconnecting));
      expect(all(element, '[part=row]').length).to.be.greaterThan(4);
      await accessible(element);
    });
  }

  it('has no button smaller than 44 px, and no link or field smaller than 24', async () => {
    for (const width of [320, 1100]) {
      const element = await mounted('ar', width);
      element.style.blockSize = '1600px';
      await open(element, 1);
      for (const button of all(element, 'button, [part=call-back]')) {
        const { width, height } = button.getBoundingClientRect();
        if (height > 0) expect(Math.min(width, height), button.part.value).to.be.at.least(44);
      }
      for (const control of all(element, 'a, select, input:not([type=radio]), textarea, [part=sides] label')) {
        const { height } = control.getBoundingClientRect();
        if (height > 0) expect(height, control.part.value || control.outerHTML).to.be.at.least(24);
      }
    }
  });

  it('writes dates, durations and counts in the digits it is told to, and numbers left to right always', async () => {
    const element = await mounted('ar');
    expect(rowOf(element, CALLS[1]!).querySelector('.duration')?.textContent?.trim()).to.equal('1:05');
    element.numerals = 'arab';
    await settled(element);
    expect(rowOf(element, CALLS[1]!).querySelector('.duration')?.textContent?.trim()).to.equal('١:٠٥');
    expect(textOf(element, '[part=status]')).to.include('١٥ مكالمة');
    const number = rowOf(element, CALLS[1]!).querySelector('[part=number] bdi');
    expect(number?.getAttribute('dir')).to.equal('ltr');
    expect(number?.textContent).to.equal('+20 100 100 0002');
  });

  it('takes the page’s own words, also of a language of its own', async () => {
    const element = await mounted('en');
    element.messages = { en: { outcomes: { busy: 'Engaged' } }, fa: { dir: 'rtl', log: 'تماس‌ها', live: 'زنده' } };
    await settled(element);
    expect(textOf(element)).to.include('Engaged').and.include('No answer');
    element.lang = 'fa-IR';
    await waitUntil(() => textOf(element).includes('زنده'));
    expect(one(element, '[part=frame]').dir).to.equal('rtl');
    expect(one(element, '[part=frame]').lang).to.equal('fa-IR');
    expect(textOf(element)).to.include('Busy');
  });

  it('offers to call back those whom nobody answered, by a link with their name', async () => {
    const element = await mounted('en');
    element.style.blockSize = '2000px';
    await settled(element);
    const links = all<HTMLAnchorElement>(element, '[part=call-back]');
    expect(links.map(({ href }) => href)).to.deep.equal(
      CALLS.filter(({ direction }) => direction === 'incoming').map(({ customer }) => `tel:${customer.number}`),
    );
    expect(links[0]?.dataset['almasarName']).to.match(/^عميل/);
    const hidden = callRecord(0, { outcome: 'missed', customer: { number: 'anonymous', name: null } });
    service.send(hidden);
    await drawn(element, `[data-call-id="${hidden.callId}"]`);
    expect(rowOf(element, hidden).querySelector('a')).to.equal(null);
  });
});
