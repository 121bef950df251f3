import { expect } from '@open-wc/testing';
import { fieldOf, mounted, settled, show } from './testing/dialer-fixture.ts';
import { stateIn } from './testing/scripted-dialer.ts';

describe('<almasar-dialer> over what has the focus', () => {
  const added: HTMLElement[] = [];
  afterEach(() => {
    for (const each of added.splice(0)) each.remove();
  });

  /** A button of the page, that far from the corner of the window in which the phone is. */
  function buttonAt(inset: string, within: Node = document.body): HTMLButtonElement {
    const button = document.createElement('button');
    button.textContent = 'Save';
    button.style.cssText = `position: fixed; inset-block-end: ${inset}; inset-inline-end: ${inset}`;
    within.appendChild(button);
    added.push(button);
    return button;
  }

  async function docked() {
    const { element, dialer } = await mounted();
    await show(element, dialer, stateIn('open'));
    return element;
  }

  async function focus(element: HTMLElement): Promise<void> {
    element.focus();
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  }

  it('becomes a pill, and the focus stays where it went', async () => {
    const element = await docked();
    const button = buttonAt('120px');
    await focus(button);
    expect(element.collapsed).to.equal(true);
    await settled(element);
    const { x, y, width, height } = button.getBoundingClientRect();
    expect(document.elementFromPoint(x + width / 2, y + height / 2)).to.equal(button);
    expect(document.activeElement).to.equal(button);
  });

  it('does so for what is in a shadow root of the page', async () => {
    const element = await docked();
    const place = document.createElement('div');
    document.body.append(place);
    added.push(place);
    await focus(buttonAt('120px', place.attachShadow({ mode: 'open' })));
    expect(element.collapsed).to.equal(true);
  });

  it('looks no more once the page has taken it out', async () => {
    const element = await docked();
    const focused = focus(buttonAt('120px'));
    element.remove();
    await focused;
    expect(element.collapsed).to.equal(false);
  });

  it('stays open beside it, with the focus in it, and inline', async () => {
    const element = await docked();
    await focus(buttonAt('560px'));
    expect(element.collapsed).to.equal(false);
    const { element: idle } = await mounted();
    idle.prepare();
    await settled(idle);
    await focus(fieldOf(idle));
    expect(idle.collapsed).to.equal(false);
    element.remove();
    idle.inline = true;
    await settled(idle);
    await focus(buttonAt('120px'));
    expect(idle.collapsed).to.equal(false);
  });
});
