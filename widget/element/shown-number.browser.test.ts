import { expect } from '@open-wc/testing';
import { homeForm } from '../core/home-form.ts';
import { showNumbersBy } from './shown-number.ts';
import { mounted, part, settled, show } from './testing/dialer-fixture.ts';
import { ScriptedDialer, stateIn } from './testing/scripted-dialer.ts';

const EGYPT = homeForm({ callingCode: '20', forms: [['^(?=1)(\\d{2})(\\d{8})$', '0$1 $2']] });

describe('the number of who is spoken to', () => {
  const unknown = Reflect.get(ScriptedDialer.prototype, 'homeForm');
  beforeEach(() => {
    ScriptedDialer.prototype.homeForm = async () => EGYPT;
  });
  afterEach(() => {
    ScriptedDialer.prototype.homeForm = unknown;
    showNumbersBy(undefined);
  });

  it('is written as at home once that is known, in full in its tooltip and for whoever copies it', async () => {
    const { element, dialer } = await mounted();
    await show(element, dialer, stateIn('open', { name: null, number: '+201001234501' }));
    await settled(element);
    const number = part(element, 'customer').querySelector('bdi')!;
    expect(number.textContent).to.equal('010 01234501');
    expect(number.title).to.equal('+201001234501');
    expect(number.dir).to.equal('ltr');
    const root = number.getRootNode() as unknown as { getSelection(): Selection };
    root.getSelection().selectAllChildren(number);
    const copy = new ClipboardEvent('copy', {
      clipboardData: new DataTransfer(),
      bubbles: true,
      composed: true,
      cancelable: true,
    });
    number.dispatchEvent(copy);
    expect(copy.clipboardData!.getData('text/plain')).to.equal('+201001234501');
  });

  it('is written with its country when it is of another', async () => {
    const { element, dialer } = await mounted();
    await show(element, dialer, stateIn('open', { name: null, number: '+966501234567' }));
    await settled(element);
    expect(part(element, 'customer').querySelector('bdi')!.textContent).to.equal('+966 501 234 567');
  });
});
