import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { CallRecord } from '../../service/contract.ts';
import { callRecord, recordingOf } from './testing/call-record.ts';
import {
  accessible,
  all,
  choose,
  drawn,
  mounted,
  one,
  restoreService,
  rowOf,
  serviceWith,
  settled,
  textOf,
  write,
} from './testing/call-log-fixture.ts';
import type { StubCalls } from './testing/stub-calls.ts';
import { waitUntil } from '../testing/wait-until.ts';

const CALLS = Array.from({ length: 130 }, (_, age) =>
  callRecord(age + 1, {
    outcome: age % 4 === 0 ? 'missed' : 'answered',
    direction: age % 4 === 0 ? 'incoming' : 'outgoing',
  }),
);

describe('<almasar-call-log> list', () => {
  let service: StubCalls;
  beforeEach(() => (service = serviceWith(CALLS)));
  afterEach(restoreService);

  it('asks the service by its filters', async () => {
    const element = await mounted();
    const last = () => service.queries().at(-1)!;
    const asked = async (holds: () => boolean) => {
      await waitUntil(holds);
      await settled(element);
    };
    choose(one<HTMLSelectElement>(element, '[name=outcome]'), 'missed');
    await asked(() => last()['outcome'] === 'missed');
    expect(last()).to.deep.equal({ outcome: 'missed', limit: '50' });
    await waitUntil(() => all(element, '.row .outcome:not(.missed)').length === 0);
    choose(one<HTMLSelectElement>(element, '[name=direction]'), 'incoming');
    await asked(() => last()['direction'] === 'incoming');
    choose(one<HTMLSelectElement>(element, '[name=period]'), 'custom');
    await drawn(element, '[name=from]');
    choose(one<HTMLInputElement>(element, '[name=from]'), '2026-11-01');
    choose(one<HTMLInputElement>(element, '[name=to]'), '2026-11-30');
    await asked(() => 'to' in last());
    const [from, to] = [new Date(2026, 10, 1), new Date(2026, 11, 1)].map((date) => date.toISOString());
    expect(last()).to.deep.equal({ direction: 'incoming', outcome: 'missed', from, to, limit: '50' });
    one(element, '[part=clear-filters-button]').click();
    await asked(() => Object.keys(last()).length === 1);
    expect(element.filters.period).to.equal('any');
  });

  it('searches once the agent stops typing, or at once by Enter, number or name in one field', async () => {
    const element = await mounted();
    const before = service.queries().length;
    const field = one<HTMLInputElement>(element, '[part=search]');
    for (const text of ['٠', '٠١', '٠١٠ ٠١٠٠ ٠٠٧٧']) write(field, text);
    await waitUntil(() => all(element, '[part=row]').length === 1);
    expect(
      service
        .queries()
        .slice(before)
        .map(({ search }) => search),
    ).to.deep.equal(['1001000077']);
    write(field, 'nobody');
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
    await drawn(element, '[part=empty]');
    expect(textOf(element)).to.include('No such calls');
    one(element, '[part=empty] [part=clear-filters-button]').click();
    await drawn(element, '[part=row]');
    expect(field.value).to.equal('');
    expect(element.shadowRoot?.activeElement).to.equal(field);
  });

  it('says why a call was not put through, in the row and in its details, with room and without', async () => {
    const said = { ar: ['ماتمتش', 'الميزانية خلصت'], en: ['Not connected', 'Budget used up'] } as const;
    for (const lang of ['ar', 'en'] as const) {
      for (const width of [1000, 320]) {
        serviceWith([callRecord(1, { outcome: 'failed', refusal: 'spend-limit', durationSeconds: 0 })]);
        const element = await mounted(lang, width);
        const reason = one(element, '[part=refusal]');
        expect(one(element, '.result').textContent.replace(/\s+/g, ' ')).to.include(said[lang][0]);
        expect(reason.innerText).to.equal(said[lang][1]);
        expect(reason.scrollWidth, `${lang} ${width}`).to.equal(reason.clientWidth);
        const [cell, line] = [reason, one(element, '.body .line')].map((each) => each.getBoundingClientRect());
        expect(cell!.bottom <= line!.bottom && cell!.top >= line!.top).to.equal(true);
        one(element, '[part=details-button]').click();
        expect((await drawn(element, '.details dl')).innerText).to.include(said[lang][1]);
        await accessible(element);
        element.remove();
      }
    }
  });

  it('offers agents to supervisors only', async () => {
    const element = await mounted();
    expect(all(element, '[name=agent], .agent')).to.have.length(0);
    service.settings = { ...service.settings, role: 'supervisor', agents: [{ id: 'karim', name: 'Karim' }] };
    const other = await mounted();
    await drawn(other, '[name=agent]');
    expect(textOf(other, '[part=row]')).to.include('منى السيد');
    choose(one<HTMLSelectElement>(other, '[name=agent]'), 'karim');
    await waitUntil(() => service.queries().at(-1)?.['agent'] === 'karim');
  });

  it('reads older pages as the agent scrolls, to the last one, and says the number', async () => {
    const element = await mounted();
    expect(one(element, '[role=table]').getAttribute('aria-rowcount')).to.equal('-1');
    expect(textOf(element, '[part=status]')).to.include('50+ calls');
    const scroller = one(element, '.scroller');
    await waitUntil(() => {
      scroller.scrollTop = scroller.scrollHeight;
      return textOf(element, '[part=status]').includes('130 calls');
    });
    expect(service.queries().map(({ cursor }) => cursor)).to.deep.equal([undefined, '50', '100']);
    expect(one(element, '[role=table]').getAttribute('aria-rowcount')).to.equal('131');
  });

  it('says that older calls could not be read, and tries again when asked to', async () => {
    const element = await mounted();
    service.failing.set('GET /api/calls', 500);
    const scroller = one(element, '.scroller');
    scroller.scrollTop = scroller.scrollHeight;
    const retry = await drawn(element, '.end [part=retry-button]');
    const asked = service.queries().length;
    await settled(element);
    expect(service.queries().length).to.equal(asked);
    service.failing.clear();
    retry.click();
    await waitUntil(() => textOf(element, '[part=status]').includes('100+'));
  });

  it('changes a call in its place, and puts a new one on top without moving what is read', async () => {
    const element = await mounted();
    const row = rowOf(element, CALLS[1]!);
    service.send({ ...CALLS[1]!, outcome: 'busy' });
    await waitUntil(() => row.innerText.includes('Busy'));
    expect(rowOf(element, CALLS[1]!)).to.equal(row);
    const scroller = one(element, '.scroller');
    scroller.scrollTop = 900;
    await settled(element);
    const [read] = all(element, '[part=row]').filter(
      (each) => each.getBoundingClientRect().top > scroller.getBoundingClientRect().top + 60,
    );
    const { top } = read!.getBoundingClientRect();
    service.send(callRecord(0, { status: 'ringing', outcome: null }));
    await waitUntil(
      () => textOf(element, '[part=status]').includes('51+') || textOf(element, '[part=status]').includes('101+'),
    );
    await settled(element);
    expect(read!.getBoundingClientRect().top).to.be.closeTo(top, 1);
    scroller.scrollTop = 0;
    await settled(element);
    expect(all(element, '[part=row]')[0]?.innerText).to.include('Ringing');
  });

  it('goes through rows by arrow keys, opens and closes by the keyboard, and tells the page', async () => {
    const element = await mounted();
    const told: unknown[] = [];
    for (const type of ['almasar-call-log-open', 'almasar-call-log-close'] as const) {
      element.addEventListener(type, (event) => told.push([type, event.detail]), { once: true });
    }
    rowOf(element, CALLS[0]!).querySelector<HTMLElement>('[part=details-button]')?.focus();
    for (let step = 0; step < 12; step += 1) {
      await sendKeys({ press: 'ArrowDown' });
      await settled(element);
    }
    const focused = () => element.shadowRoot?.activeElement?.closest<HTMLElement>('[data-call-id]');
    expect(focused()?.dataset['callId']).to.equal(CALLS[12]?.callId);
    const scroller = one(element, '.scroller').getBoundingClientRect();
    expect(focused()!.getBoundingClientRect().bottom).to.be.at.most(scroller.bottom + 1);
    await sendKeys({ press: 'Enter' });
    await drawn(element, '[part=details]');
    const { callId, customer, direction } = CALLS[12]!;
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => all(element, '[part=details]').length === 0);
    expect(told).to.deep.equal([
      ['almasar-call-log-open', { callId, number: customer.number, name: customer.name, direction }],
      ['almasar-call-log-close', { callId }],
    ]);
  });

  it('asks the page for names it does not know, once a number, and only for rows in sight', async () => {
    service.calls = CALLS.map((call) => ({ ...call, customer: { ...call.customer, name: null } }));
    const asked: string[] = [];
    const element = await mounted();
    element.lookupContact = async (number) => {
      asked.push(number);
      if (number === CALLS[0]!.customer.number) return { name: 'هدى رمضان', url: '/customers/7' };
      if (number === CALLS[1]!.customer.number) return { name: 'Eve', url: 'javascript:alert(1)' };
      return null;
    };
    const name = await drawn(element, '[part=name] a');
    expect(name.textContent).to.equal('هدى رمضان');
    expect(one<HTMLAnchorElement>(element, '[part=number]').dataset['almasarName']).to.equal('هدى رمضان');
    expect(rowOf(element, CALLS[1]!).querySelector('[part=name]')?.textContent).to.equal('Eve');
    expect(all(element, '[part=name] a')).to.have.length(1);
    expect(asked.length).to.equal(new Set(asked).size);
    expect(asked.length).to.be.below(30);
  });

  it('shows ten thousand calls with a few rows in the document, to the last one', async () => {
    service.calls = Array.from({ length: 10_000 }, (_, age) => callRecord(age + 1));
    const element = await mounted();
    const scroller = one(element, '.scroller');
    let most = 0;
    await waitUntil(
      () => {
        scroller.scrollTop = scroller.scrollHeight;
        most = Math.max(most, all(element, '[part=row]').length);
        return textOf(element, '[part=status]').includes('10,000 calls');
      },
      'all are loaded',
      { interval: 1, timeout: 60_000 },
    );
    scroller.scrollTop = scroller.scrollHeight;
    await drawn(element, `[data-call-id="${service.calls.at(-1)!.callId}"]`);
    const last = rowOf(element, service.calls.at(-1)!);
    expect(last.getAttribute('aria-rowindex')).to.equal('10001');
    expect(last.getBoundingClientRect().bottom).to.be.at.most(scroller.getBoundingClientRect().bottom + 1);
    scroller.scrollTop = scroller.scrollHeight / 2;
    await settled(element);
    expect(Math.max(most, all(element, '[part=row]').length)).to.be.below(30);
    expect(all(element, '*').length).to.be.below(1000);
  }).timeout(90_000);

  it('draws rows that come in sight with the elements of those that have left it, whole and in their order', async () => {
    const odd: Partial<CallRecord> = {
      outcome: 'failed',
      refusal: 'number-emergency',
      note: 'ملاحظة',
      recordings: [recordingOf('RE1')],
    };
    service.calls = Array.from({ length: 50 }, (_, age) => callRecord(age + 1, age % 2 ? odd : {}));
    const element = await mounted();
    const scroller = one(element, '.scroller');
    const elements = new Set<HTMLElement>();
    const textsOfAll = new Map<string, string>();
    for (const top of [0, 300, 700, 2400, 1100, 0, 2400]) {
      scroller.scrollTop = top;
      await settled(element);
      const rows = all(element, '[part=row]');
      const indexes = rows.map((row) => Number(row.getAttribute('aria-rowindex')));
      expect(indexes).to.deep.equal([...indexes].sort((a, b) => a - b));
      for (const row of rows) {
        elements.add(row);
        const id = row.dataset['callId']!;
        expect(row.textContent).to.equal(textsOfAll.get(id) ?? row.textContent);
        textsOfAll.set(id, row.textContent);
      }
    }
    expect(textsOfAll.size).to.equal(50);
    expect(elements.size).to.be.below(30);
  });
});
