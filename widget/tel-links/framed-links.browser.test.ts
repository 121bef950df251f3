import { expect } from '@open-wc/testing';
import { callTelLinks } from './call-tel-links.ts';

const dialed: string[] = [];

class ScriptedElement extends HTMLElement {
  dial(to: string): void {
    dialed.push(to);
  }

  prepare(): void {}
}
customElements.define('almasar-dialer', ScriptedElement);

let box: HTMLElement;

function frame(html = ''): HTMLIFrameElement {
  const frame = document.createElement('iframe');
  frame.srcdoc = html;
  return frame;
}

function loaded(frame: HTMLIFrameElement): Promise<unknown> {
  return new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
}

/** Clicks the first link of a document as a person would, and says whether the browser is kept from following it. */
async function taken(document: Document): Promise<boolean> {
  const { MouseEvent } = document.defaultView!;
  const event = new MouseEvent('click', { bubbles: true, composed: true, cancelable: true, detail: 1 });
  let prevented = false;
  document.defaultView!.addEventListener(
    'click',
    () => {
      prevented = event.defaultPrevented;
      event.preventDefault();
    },
    { once: true },
  );
  document.querySelector('a')!.dispatchEvent(event);
  await new Promise((resolve) => setTimeout(resolve));
  return prevented;
}

describe('tel: links in frames of the page’s origin', () => {
  let early: HTMLIFrameElement;

  before(async () => {
    early = frame('<a href="tel:0">there before the script</a>');
    document.body.append(early);
    await loaded(early);
    callTelLinks(() => Promise.resolve());
  });

  beforeEach(() => {
    box = document.createElement('div');
    document.body.append(document.createElement('almasar-dialer'), box);
    dialed.length = 0;
  });

  afterEach(() => {
    box.remove();
    document.querySelector('almasar-dialer')?.remove();
  });

  after(() => early.remove());

  it('are called when the frame was there first', async () => {
    expect(await taken(early.contentDocument!)).to.equal(true);
    expect(dialed).to.deep.equal(['0']);
  });

  it('are called when the frame comes later, and after it has gone elsewhere', async () => {
    const late = frame('<a href="tel:1">x</a>');
    box.append(late);
    await loaded(late);
    expect(await taken(late.contentDocument!)).to.equal(true);
    late.srcdoc = '<a href="tel:2"><b>y</b></a>';
    await loaded(late);
    expect(await taken(late.contentDocument!)).to.equal(true);
    expect(dialed).to.deep.equal(['1', '2']);
  });

  it('are called in frames within frames, and in documents that a script writes', async () => {
    const outer = frame('<iframe srcdoc="<a href=tel:3>x</a>"></iframe>');
    box.append(outer);
    await loaded(outer);
    expect(await taken(outer.contentDocument!.querySelector('iframe')!.contentDocument!)).to.equal(true);

    const written = document.createElement('iframe');
    box.append(written);
    const done = loaded(written);
    written.contentDocument!.open();
    written.contentDocument!.write('<a href="tel:4">x</a>');
    written.contentDocument!.close();
    await done;
    expect(await taken(written.contentDocument!)).to.equal(true);
    expect(dialed).to.deep.equal(['3', '4']);
  });

  it('are called in a frame in a shadow root, from when the pointer enters it', async () => {
    const root = box.attachShadow({ mode: 'open' });
    const inside = frame('<a href="tel:5">x</a>');
    root.append(inside);
    await loaded(inside);
    expect(await taken(inside.contentDocument!)).to.equal(false);
    inside.dispatchEvent(new PointerEvent('pointerover', { bubbles: true, composed: true }));
    expect(await taken(inside.contentDocument!)).to.equal(true);
    expect(dialed).to.deep.equal(['5']);
  });

  it('are called once by one click, however often the frame was looked at', async () => {
    for (let times = 0; times < 3; times += 1) {
      early.dispatchEvent(new PointerEvent('pointerover', { bubbles: true, composed: true }));
    }
    await taken(early.contentDocument!);
    expect(dialed).to.deep.equal(['0']);
  });

  it('are left alone in a frame that the page wants left alone, or that cannot be looked into', async () => {
    box.innerHTML = '<div data-almasar-ignore></div>';
    const ignored = frame('<a href="tel:6">x</a>');
    box.firstElementChild!.append(ignored);
    await loaded(ignored);
    expect(await taken(ignored.contentDocument!)).to.equal(false);

    const foreign = frame('<a href="tel:7">x</a>');
    foreign.setAttribute('sandbox', '');
    box.append(foreign);
    await loaded(foreign);
    expect(foreign.contentDocument).to.equal(null);
    expect(dialed).to.deep.equal([]);
  });
});
