import { expect } from '@open-wc/testing';
import { readFile } from '@web/test-runner-commands';
import { AlmasarCallLog } from './almasar-call-log.ts';
import { NO_FILTERS } from './call-filters.ts';
import { callRecord, recordingOf } from './testing/call-record.ts';
import {
  choose,
  drawn,
  mounted,
  one,
  placed,
  restoreService,
  serviceWith,
  settled,
  write,
} from './testing/call-log-fixture.ts';
import { waitUntil } from '../testing/wait-until.ts';

/** Everything of one kind that the class comment, the reference manual, names. */
async function documented(tag: RegExp): Promise<string[]> {
  const source = (await readFile({ path: './almasar-call-log.ts' })) ?? '';
  return [...source.matchAll(tag)].map(([, name]) => name!).toSorted();
}

describe('<almasar-call-log> manual', () => {
  afterEach(restoreService);

  it('names every part and slot that is drawn, and no other', async () => {
    const parts = new Set<string>();
    const slots = new Set<string>();
    const note = (element: AlmasarCallLog) => {
      for (const drawn of element.shadowRoot!.querySelectorAll('[part]')) parts.add(drawn.part.value);
      for (const slot of element.shadowRoot!.querySelectorAll('slot')) slots.add(slot.name);
    };
    const call = callRecord(1, { disposition: 'sold', recordings: [recordingOf('RE1')] });
    const refused = callRecord(3, { outcome: 'failed', refusal: 'spend-limit' });
    const service = serviceWith([call, callRecord(2, { outcome: 'missed' }), refused]);
    service.settings = { ...service.settings, role: 'supervisor' };
    const agent = { id: 'salma', role: 'supervisor' } as const;
    const what = { action: 'recording-opened', subject: `${call.callId}/RE1`, before: null, after: null } as const;
    service.audit = [{ id: 1, at: '2026-11-23T12:00:00.000Z', agent, requestId: 'r', ...what }];
    const element = await mounted();
    element.style.blockSize = '1200px';
    note(element);
    element.open(call.callId);
    (await drawn(element, '[part=history-button]')).click();
    await drawn(element, '[part=deed]');
    note(element);
    one(element, '[part=delete-button]').click();
    await drawn(element, '[part=delete-question]');
    note(element);
    one(element, '.keep').click();
    await drawn(element, '[part=delete-button]');
    write(one<HTMLTextAreaElement>(element, '[part=note-field]'), 'x');
    await drawn(element, '[part=save-button]');
    choose(one<HTMLSelectElement>(element, '[name=outcome]'), 'busy');
    note(element);
    await drawn(element, '[part=empty]');
    note(element);
    service.calls = [];
    element.filters = NO_FILTERS;
    await waitUntil(() => element.shadowRoot!.querySelector('slot[name=empty]'));
    note(element);
    service.failing.set('GET /api/calls', 0);
    const other = await placed();
    await drawn(other, '[part=loading]');
    note(other);
    service.failing.set('GET /api/calls', 500);
    other.refresh();
    await drawn(other, '[part=error]');
    note(other);
    other.service = undefined;
    await settled(other);
    note(other);
    expect([...parts].toSorted()).to.deep.equal(await documented(/@csspart ([\w-]+) - .+\.$/gm));
    expect([...slots].toSorted()).to.deep.equal(await documented(/@slot ([\w-]+) - .+\.$/gm));
  });

  it('names every custom property of a page’s choosing that it reads', async () => {
    serviceWith([callRecord(1)]);
    const element = await mounted();
    element.style.cssText = '--almasar-accent: rgb(1, 2, 3); color-scheme: dark';
    one(element, '[part=details-button]').click();
    await drawn(element, '[part=details]');
    expect(getComputedStyle(element).getPropertyValue('--accent')).to.equal('rgb(1, 2, 3)');
    expect(getComputedStyle(one(element, '[part=frame]')).backgroundColor).to.equal('rgb(22, 28, 29)');
    // Where the dialer is in the window is no business of the log.
    const own = ['--almasar-accent', '--almasar-font'];
    const names = await documented(/@cssprop \[(--almasar-[\w-]+)=.+?\] - .+\.$/gm);
    expect(names).to.deep.equal(own);
    const css = AlmasarCallLog.styles.map(({ cssText }) => cssText).join('');
    const read = new Set([...css.matchAll(/var\((--almasar-[\w-]+)/g)].map(([, name]) => name!));
    for (const name of own) expect(read.has(name), name).to.equal(true);
    expect(getComputedStyle(element).position).to.equal('relative');
  });
});
