import { expect } from '@open-wc/testing';
import { emulateMedia, setViewport } from '@web/test-runner-commands';
import { faced, mounted, part, settled, show } from './testing/dialer-fixture.ts';
import { FACES } from './testing/faces.ts';
import { stateIn } from './testing/scripted-dialer.ts';

/** A page that says something of everything, as some do, and what it inherits. */
const LOUD = `
  html, body, * {
    color: rgb(255, 0, 0); font: italic 900 30px/3 fantasy; letter-spacing: 4px; word-spacing: 9px;
    text-align: center; text-transform: uppercase; text-indent: 40px; text-shadow: 1px 1px red;
    white-space: pre; cursor: crosshair; font-variant-numeric: normal; visibility: visible;
  }
  section, header, button, input, p, svg, span, i { display: none !important; padding: 50px !important }
`;

const SEEN = (
  'color font-family font-size font-style font-weight line-height letter-spacing word-spacing text-align text-transform text-indent text-shadow white-space cursor ' +
  'font-variant-numeric display padding inline-size block-size direction'
).split(' ');

function looks(root: ShadowRoot): string[] {
  return [...root.querySelectorAll('section, section *')].map((element) => {
    const style = getComputedStyle(element);
    return `${element.localName} ${SEEN.map((name) => `${name}: ${style.getPropertyValue(name)}`).join('; ')}`;
  });
}

describe('a guest in the page', () => {
  it('looks the same whatever the page says of its own elements', async () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(LOUD);
    for (const face of FACES) {
      const element = await faced(face, 'ar');
      const before = looks(element.shadowRoot!);
      document.adoptedStyleSheets.push(sheet);
      const after = looks(element.shadowRoot!);
      document.adoptedStyleSheets.pop();
      expect(after, face.name).to.deep.equal(before);
      element.remove();
    }
  });

  for (const rule of ['position: relative', 'all: unset', 'all: revert', 'inset: 0; z-index: 0']) {
    it(`stays in its corner, above the page, where that says of all elements: ${rule}`, async () => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(`* { ${rule} }`);
      document.adoptedStyleSheets.push(sheet);
      try {
        const { element } = await mounted('en');
        const { left, right, bottom, width } = part(element, 'panel').getBoundingClientRect();
        expect([innerWidth - right, innerHeight - bottom, width]).to.deep.equal([16, 16, 320]);
        expect(getComputedStyle(element).zIndex).to.equal('9999');
        element.style.setProperty('--almasar-inset-inline', '24px auto');
        expect(part(element, 'panel').getBoundingClientRect().left, 'the other corner').to.equal(24);
        expect(left).to.be.above(24);
        element.inline = true;
        await settled(element);
        const { position, zIndex, inset } = getComputedStyle(element);
        expect([position, zIndex, inset]).to.deep.equal(['relative', 'auto', '0px']);
      } finally {
        document.adoptedStyleSheets.pop();
      }
    });
  }

  it('is a pill and then a sheet over the whole width where the window is narrow, and in its corner again', async () => {
    await setViewport({ width: 400, height: 700 });
    const { element } = await mounted('ar');
    expect(element.collapsed).to.equal(true);
    element.collapsed = false;
    await settled(element);
    const sheet = part(element, 'panel').getBoundingClientRect();
    expect([sheet.left, sheet.right, sheet.bottom]).to.deep.equal([0, innerWidth, innerHeight]);
    await setViewport({ width: 800, height: 600 });
    const corner = part(element, 'panel').getBoundingClientRect();
    expect([corner.width, innerHeight - corner.bottom]).to.deep.equal([320, 16]);
  });

  it('moves nothing where the agent wants less motion', async () => {
    const endless: number[] = [];
    for (const reducedMotion of ['no-preference', 'reduce'] as const) {
      await emulateMedia({ reducedMotion });
      const { element, dialer } = await mounted();
      await show(element, dialer, stateIn('incoming'));
      endless.push(element.shadowRoot!.getAnimations().length);
      element.remove();
    }
    await emulateMedia({ reducedMotion: 'no-preference' });
    expect(endless[0]).to.be.above(0);
    expect(endless[1]).to.equal(0);
  });

  it('has its keys from left to right, 1 to #, in Arabic too, and numbers as they are dialled', async () => {
    const { element, dialer } = await mounted('ar');
    const keys = [...element.shadowRoot!.querySelectorAll('[part~="key"]')];
    const read = keys.toSorted((a, b) => {
      const [one, other] = [a.getBoundingClientRect(), b.getBoundingClientRect()];
      return one.top - other.top || one.left - other.left;
    });
    expect(read.map(({ ariaLabel }) => ariaLabel).join('')).to.equal('123456789*0#');
    await show(element, dialer, stateIn('open', { number: '+201001234501', name: null }));
    const number = part(element, 'customer').querySelector('bdi')!;
    expect(getComputedStyle(number).direction).to.equal('ltr');
    expect(number.innerText.replace(/\s/g, '')).to.equal('+201001234501');
    expect(number.title).to.equal('+201001234501');
  });
});
