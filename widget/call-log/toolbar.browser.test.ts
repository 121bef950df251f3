import { expect } from '@open-wc/testing';
import { callRecord } from './testing/call-record.ts';
import { mounted, one, restoreService, serviceWith } from './testing/call-log-fixture.ts';

describe('<almasar-call-log> toolbar', () => {
  afterEach(restoreService);

  for (const lang of ['ar', 'en']) {
    for (const width of [700, 760, 960]) {
      it(`${lang}, ${width} px: two rows, for a supervisor too: the list below is what is looked at`, async () => {
        const service = serviceWith([callRecord(1)]);
        const agents = [{ id: 'mona', name: 'منى السيد' }];
        service.settings = { ...service.settings, role: 'supervisor', agents };
        const element = await mounted(lang, width);
        const toolbar = one(element, '[part=toolbar]');
        expect(one(element, '[name=agent]').checkVisibility()).to.equal(true);
        expect(toolbar.getBoundingClientRect().height).to.be.at.most(132);
        expect(toolbar.scrollWidth).to.be.at.most(toolbar.clientWidth);
      });
    }
  }
});
