import { expect } from '@open-wc/testing';
import { mounted, settled, show } from './testing/dialer-fixture.ts';
import { stateIn } from './testing/scripted-dialer.ts';
import { NumberPreview } from './number-preview.ts';
import type { FullFace } from './views/face.ts';

describe('a number as it will be called', () => {
  it('is shown for one that is written as at home, once the rules are there, and for no other', async () => {
    const { element, dialer } = await mounted();
    await show(element, dialer, stateIn('idle', {}, { reach: 'ready' }));
    const asked: string[] = [];
    const preview = new NumberPreview(element, async (country) => {
      asked.push(country);
      return (written) => (written === '01001234501' ? '+201001234501' : null);
    });
    const draw = (draft: string) =>
      preview.draw({ state: element.state, desk: { draft } } as unknown as FullFace, 'Will call');
    expect(draw('010 0123 4501'), 'not before').to.have.length(0);
    await settled(element);
    expect(draw('010 0123 4501')[0]!.values).to.include('+20 100 123 4501');
    expect(draw('٠١٠٠١٢٣٤٥٠١')[0]!.values).to.include('+20 100 123 4501');
    for (const none of ['', '010', '122', '+20 100 123 4501', '*100#']) expect(draw(none), none).to.have.length(0);
    expect(asked).to.deep.equal(['EG']);
  });
});
