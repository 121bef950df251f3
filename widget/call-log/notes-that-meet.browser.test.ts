import { expect } from '@open-wc/testing';
import { callRecord } from './testing/call-record.ts';
import {
  choose,
  mounted,
  one,
  restoreService,
  rowOf,
  serviceWith,
  settled,
  textOf,
} from './testing/call-log-fixture.ts';
import { waitUntil } from '../testing/wait-until.ts';
import type { StubCalls } from './testing/stub-calls.ts';

const CALL = callRecord(1, { note: 'first' });

for (const lang of ['en', 'ar'] as const) {
  describe(`a note that somebody else writes at the same time, ${lang}`, () => {
    let service: StubCalls;
    beforeEach(() => (service = serviceWith([CALL])));
    afterEach(restoreService);

    async function opened() {
      const element = await mounted(lang);
      rowOf(element, CALL).querySelector<HTMLElement>('[part=details-button]')!.click();
      await settled(element);
      return { element, field: one<HTMLTextAreaElement>(element, '[part=note-field]') };
    }

    it('is kept beside what is written here, and both are shown', async () => {
      const { element, field } = await opened();
      // Its event has not come yet.
      service.calls = [{ ...CALL, note: 'theirs' }];
      choose(field, 'mine');
      await waitUntil(() => service.calls[0]!.note === 'theirs\nmine');
      await waitUntil(() => field.value === 'theirs\nmine');
      await settled(element);
      expect(element.shadowRoot!.querySelector('.told.saved')).to.not.equal(null);
    });

    it('is shown with it, to be shortened, where both are too long together', async () => {
      const { element, field } = await opened();
      const both = `${'t'.repeat(3000)}\n${'m'.repeat(3000)}`;
      service.calls = [{ ...CALL, note: 't'.repeat(3000) }];
      choose(field, 'm'.repeat(3000));
      await waitUntil(() => field.value === both);
      await settled(element);
      expect(textOf(element)).to.include(lang === 'ar' ? 'قصّرهم' : 'shorten them');
      choose(field, 'in short');
      await waitUntil(() => service.calls[0]!.note === 'in short');
    });
  });
}
