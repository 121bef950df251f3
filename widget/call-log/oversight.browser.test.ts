import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { AuditEntry } from '../../service/admin-contract.ts';
import type { AlmasarCallLog } from './almasar-call-log.ts';
import { callRecord, recordingOf } from './testing/call-record.ts';
import {
  accessible,
  all,
  drawn,
  mounted,
  one,
  restoreService,
  rowOf,
  serviceWith,
  settled,
  textOf,
} from './testing/call-log-fixture.ts';
import type { StubCalls } from './testing/stub-calls.ts';
import { waitUntil } from '../testing/wait-until.ts';

const KEPT = callRecord(1, { recordings: [recordingOf('RE1')] });
const GONE = callRecord(2, { recordings: [recordingOf('RE2', { status: 'deleted' })] });
const DELETE = `DELETE /api/calls/${KEPT.callId}/recordings/RE1`;

function deed(over: Partial<AuditEntry>): AuditEntry {
  const who = { id: 'salma', role: 'supervisor' } as const;
  const what = { action: 'recording-deleted', subject: `${GONE.callId}/RE2`, before: null, after: null } as const;
  return { id: 1, at: '2026-11-23T12:00:00.000Z', agent: who, requestId: 'r', ...what, ...over };
}

const focused = (element: AlmasarCallLog) => element.shadowRoot?.activeElement;
const deletions = (service: StubCalls) => service.heard.filter(({ route }) => route === DELETE).length;

describe('<almasar-call-log> for supervisors and admins', () => {
  let service: StubCalls;
  beforeEach(() => {
    service = serviceWith([KEPT, GONE]);
    const agents = [{ id: 'salma', name: 'سلمى' }];
    service.settings = { ...service.settings, role: 'supervisor', agents };
  });
  afterEach(restoreService);

  async function opened(call = KEPT, lang = 'en', width = 1000): Promise<AlmasarCallLog> {
    const element = await mounted(lang, width);
    rowOf(element, call).querySelector<HTMLElement>('[part=details-button]')?.click();
    await drawn(element, '[part=history-button]');
    return element;
  }

  it('asks before a recording is deleted; Escape and “Keep it” keep it, and the focus is never lost', async () => {
    const element = await opened();
    for (const keep of [async () => one(element, '.keep').click(), () => sendKeys({ press: 'Escape' })]) {
      one(element, '[part=delete-button]').click();
      await drawn(element, '[part=delete-question]');
      expect(focused(element)).to.equal(one(element, '.keep'));
      await keep();
      await drawn(element, '[part=delete-button]');
      expect(focused(element)).to.equal(one(element, '[part=delete-button]'));
    }
    expect(all(element, '[part=details]').length).to.equal(1);
    expect(deletions(service)).to.equal(0);
  });

  it('deletes once it is meant, and says by whom', async () => {
    const element = await opened();
    one(element, '[part=delete-button]').click();
    service.audit = [deed({ subject: `${KEPT.callId}/RE1` })];
    (await drawn(element, '[part=delete-for-good-button]')).click();
    one(element, '[part=delete-for-good-button]').click();
    await waitUntil(() => textOf(element, '.deleted').includes('by'));
    expect(textOf(element, '.deleted')).to.match(/^Recording deleted · by .سلمى., /);
    expect(focused(element)).to.equal(one(element, '.deleted'));
    expect(all(element, '[part=player], [part=quick-play-button]').length).to.equal(0);
    expect(deletions(service)).to.equal(1);
  });

  it('says that a recording could not be deleted, and tries again', async () => {
    const element = await opened();
    service.failing.set(DELETE, 500);
    one(element, '[part=delete-button]').click();
    (await drawn(element, '[part=delete-for-good-button]')).click();
    await drawn(element, '.sure [role=alert]');
    expect(textOf(element, '.sure [role=alert]')).to.equal('Not deleted. Try again.');
    service.failing.clear();
    one(element, '[part=delete-for-good-button]').click();
    await drawn(element, '.deleted');
  });

  it('says who deleted a recording, where it was somebody', async () => {
    service.audit = [deed({})];
    const element = await opened(GONE);
    await waitUntil(() => textOf(element, '.deleted').includes('سلمى'));
    element.open(null);
    service.audit = [];
    await settled(element);
    element.open(GONE.callId);
    await drawn(element, '.deleted');
    await settled(element);
    expect(textOf(element, '.deleted')).to.equal('Recording deleted');
  });

  it('shows who did what, with what was there before', async () => {
    service.audit = [
      deed({ action: 'recording-opened', agent: { id: 'mona', role: 'agent' } }),
      deed({
        action: 'call-changed',
        before: { note: 'old', disposition: null },
        after: { note: null, disposition: 'sold' },
      }),
    ];
    const element = await opened();
    expect(all(element, '[part=deed]').length).to.equal(0);
    one(element, '[part=history-button]').click();
    await drawn(element, '[part=deed]');
    const [heard, changed] = all(element, '[part=deed]').map(({ innerText }) => innerText.replace(/\s+/g, ' '));
    expect(heard).to.include('mona').and.include('Opened the recording');
    expect(changed)
      .to.include('سلمى')
      .and.match(/Note: old Disposition: Sold$/);
    expect(all(element, 'del').map(({ textContent }) => textContent)).to.deep.equal(['old']);
    one(element, '[part=history-button]').click();
    await settled(element);
    expect(all(element, '[part=deed]').length).to.equal(0);
  });

  it('says when who did what could not be read, and tries again', async () => {
    const element = await opened();
    service.failing.set(`GET /api/calls/${KEPT.callId}/audit`, 500);
    one(element, '[part=history-button]').click();
    (await drawn(element, '.history [part=retry-button]')).click();
    service.failing.clear();
    one(element, '.history [part=retry-button]').click();
    await waitUntil(() => textOf(element, '.history').includes('Nothing has been changed'));
  });

  it('is not there for agents', async () => {
    service.settings = { ...service.settings, role: 'agent' };
    const element = await mounted();
    rowOf(element, KEPT).querySelector<HTMLElement>('[part=details-button]')?.click();
    await drawn(element, '[part=player]');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(all(element, '[part=delete-button], [part=history-button]').length).to.equal(0);
  });

  for (const lang of ['ar', 'en']) {
    for (const width of [1000, 320]) {
      it(`is accessible and fits (${lang}, ${width} px)`, async () => {
        service.audit = [deed({}), deed({ action: 'call-changed', before: { note: 'قديم' }, after: { note: 'جديد' } })];
        const element = await opened(KEPT, lang, width);
        one(element, '[part=history-button]').click();
        one(element, '[part=delete-button]').click();
        await drawn(element, '[part=deed]');
        await accessible(element);
        const frame = one(element, '[part=frame]').getBoundingClientRect();
        for (const each of all(element, '.details *')) {
          const { left, right } = each.getBoundingClientRect();
          if (right === left || each.closest('.heard')) continue;
          expect(left >= frame.left && right <= frame.right, each.className).to.equal(true);
        }
      });
    }
  }
});
