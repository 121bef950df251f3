import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { callTelLinks } from './call-tel-links.ts';

interface Dialed {
  to: string;
  name: string | undefined;
}

const dialed: Dialed[] = [];
let prepared = 0;
let loads = 0;
let load: () => Promise<unknown>;

class ScriptedElement extends HTMLElement {
  dial(to: string, { name }: { name?: string } = {}): void {
    dialed.push({ to, name });
  }

  prepare(): void {
    prepared += 1;
  }
}
customElements.define('almasar-dialer', ScriptedElement);

callTelLinks(() => {
  loads += 1;
  return load();
});

const turn = () => new Promise((resolve) => setTimeout(resolve));

let box: HTMLElement;

function put(html: string): HTMLElement {
  box.innerHTML = html;
  return box.querySelector<HTMLElement>('[data-here], a')!;
}

/** Clicks, and says whether the browser would have gone to the link; it never does. */
async function followed(target: Element, init: MouseEventInit = {}, type = 'click'): Promise<boolean> {
  const event = new MouseEvent(type, { bubbles: true, composed: true, cancelable: true, ...init });
  let prevented = false;
  window.addEventListener(
    type,
    () => {
      prevented = event.defaultPrevented;
      event.preventDefault();
    },
    { once: true },
  );
  target.dispatchEvent(event);
  await turn();
  return !prevented;
}

describe('tel: links', () => {
  beforeEach(() => {
    box = document.createElement('div');
    document.body.append(document.createElement('almasar-dialer'), box);
    dialed.length = prepared = loads = 0;
    load = () => Promise.resolve();
  });

  afterEach(() => {
    box.remove();
    document.querySelector('almasar-dialer')?.remove();
  });

  it('are called by the element, with the number as the link has it', async () => {
    for (const [href, to] of [
      ['tel:+201001234501', '+201001234501'],
      ['tel:%2B201001234501', '+201001234501'],
      ['TEL: 010 0123 4501', '010 0123 4501'],
      ['tel:٠١٠٠١٢٣٤٥٠١', '٠١٠٠١٢٣٤٥٠١'],
      ['tel:+201001234501;ext=12', '+201001234501;ext=12'],
      ['tel:%', '%'],
    ]) {
      dialed.length = 0;
      expect(await followed(put(`<a href="${href}">010</a>`)), href).to.equal(false);
      expect(dialed, href).to.deep.equal([{ to, name: undefined }]);
    }
  });

  it('take the name from the attribute only: a text may as well be an invitation', async () => {
    await followed(put('<a href="tel:1" data-almasar-name="منى السيد">010</a>'));
    await followed(put('<a href="tel:2">Call now</a>'));
    expect(dialed.map(({ name }) => name)).to.deep.equal(['منى السيد', undefined]);
  });

  it('work on what is inside of a link, on areas and in SVG', async () => {
    await followed(put('<a href="tel:1"><svg><path data-here /></svg></a>'));
    await followed(put('<map><area data-here href="tel:2" /></map>'));
    await followed(put('<svg><a href="tel:3"><text data-here>x</text></a></svg>'));
    await followed(put('<svg><a xlink:href="tel:4"><text data-here>x</text></a></svg>'));
    expect(dialed.map(({ to }) => to)).to.deep.equal(['1', '2', '3', '4']);
  });

  it('work in open shadow roots, and in what comes later', async () => {
    const host = document.createElement('div');
    box.append(host);
    const root = host.attachShadow({ mode: 'open' });
    root.innerHTML = '<a href="tel:1">010</a>';
    await followed(root.querySelector('a')!);
    expect(dialed.map(({ to }) => to)).to.deep.equal(['1']);
  });

  it('are left alone when the click means something else', async () => {
    const link = put('<a href="tel:1">010</a>');
    for (const init of [{ ctrlKey: true }, { metaKey: true }, { shiftKey: true }, { altKey: true }, { button: 1 }]) {
      expect(await followed(link, init), JSON.stringify(init)).to.equal(true);
    }
    expect(await followed(link, { button: 1 }, 'auxclick')).to.equal(true);
    expect(dialed).to.deep.equal([]);
  });

  it('are left alone when the page has dealt with the click', async () => {
    const link = put('<a href="tel:1">010</a>');
    link.addEventListener('click', (event) => event.preventDefault());
    await followed(link);
    expect(dialed).to.deep.equal([]);
  });

  it('are left alone when they or something around them says so', async () => {
    expect(await followed(put('<a href="tel:1" data-almasar-ignore>010</a>'))).to.equal(true);
    expect(await followed(put('<div data-almasar-ignore><p><a href="tel:1">010</a></p></div>'))).to.equal(true);
    expect(dialed).to.deep.equal([]);
  });

  it('are left alone when they are for a download, or for a window that the page has named', async () => {
    expect(await followed(put('<a href="tel:1" download>010</a>'))).to.equal(true);
    expect(await followed(put('<a href="tel:1" target="softphone">010</a>'))).to.equal(true);
    expect(dialed).to.deep.equal([]);
    for (const target of ['_blank', '_self', '_top', '']) {
      expect(await followed(put(`<a href="tel:1" target="${target}">010</a>`)), target).to.equal(false);
    }
    expect(dialed.length).to.equal(4);
  });

  it('are left alone in a text that is being written, where a click puts the caret; not on an island in it', async () => {
    expect(await followed(put('<div contenteditable><p>Regards <a href="tel:1">010</a></p></div>'))).to.equal(true);
    expect(dialed).to.deep.equal([]);
    const island = '<div contenteditable><p contenteditable="false"><a href="tel:2">010</a></p></div>';
    expect(await followed(put(island))).to.equal(false);
    expect(dialed.map(({ to }) => to)).to.deep.equal(['2']);
  });

  it('clicked twice in a row are called once, and the browser does not get the second click', async () => {
    const link = put('<a href="tel:1">010</a>');
    for (const detail of [1, 2, 3]) expect(await followed(link, { detail }), `click ${detail}`).to.equal(false);
    expect(dialed.length).to.equal(1);
  });

  it('are called by Enter', async () => {
    put('<a href="tel:1">010</a>').focus();
    await sendKeys({ press: 'Enter' });
    expect(dialed.length).to.equal(1);
    await sendKeys({ press: 'Enter' });
    expect(dialed.length).to.equal(2);
  });

  // Chromium makes one click of a key that is held, Firefox one for each repetition.
  it('are called once by a key that is held and clicks again and again', async () => {
    const link = put('<a href="tel:1">010</a>');
    for (const repeat of [false, true, true]) {
      link.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', repeat, bubbles: true, composed: true }));
      expect(await followed(link)).to.equal(false);
    }
    expect(dialed.length).to.equal(1);
  });

  it('are called after another key was held, also by a script', async () => {
    const link = put('<a href="tel:1">010</a>');
    await sendKeys({ down: 'a' });
    await sendKeys({ down: 'a' });
    await sendKeys({ up: 'a' });
    link.click();
    await turn();
    expect(dialed.length).to.equal(1);
  });

  it('are left alone in a page without the element, and other links always', async () => {
    expect(await followed(put('<a href="#tel:1">x</a>'))).to.equal(true);
    expect(await followed(put('<a>x</a>'))).to.equal(true);
    expect(await followed(put('<p data-here href="tel:1">x</p>'))).to.equal(true);
    document.querySelector('almasar-dialer')!.remove();
    expect(await followed(put('<a href="tel:1">x</a>'))).to.equal(true);
    expect([dialed, loads]).to.deep.equal([[], 0]);
  });

  it('bring the phone when a finger goes down on them', async () => {
    const link = put('<a href="tel:1">010</a><p>x</p>');
    await followed(link.nextElementSibling!, {}, 'pointerdown');
    expect(loads).to.equal(0);
    await followed(link, {}, 'pointerover');
    expect([loads, prepared]).to.deep.equal([1, 0]);
    await followed(link, {}, 'pointerdown');
    expect([loads, prepared]).to.deep.equal([2, 1]);
    expect(dialed).to.deep.equal([]);
  });

  it('clicked before the phone is there, are called once it is', async () => {
    let arrive = () => {};
    load = () => new Promise<void>((resolve) => (arrive = resolve));
    expect(await followed(put('<a href="tel:1">010</a>'))).to.equal(false);
    expect(dialed).to.deep.equal([]);
    arrive();
    await turn();
    expect(dialed.map(({ to }) => to)).to.deep.equal(['1']);
  });

  it('clicked one after the other before it is there, are called in that order', async () => {
    const arrivals: (() => void)[] = [];
    load = () => new Promise<void>((resolve) => arrivals.push(resolve));
    const later = Promise.all([followed(put('<a href="tel:1">010</a>')), followed(put('<a href="tel:2">010</a>'))]);
    await turn();
    // The browser is free to answer the second import first.
    for (const arrive of arrivals.splice(0).toReversed()) arrive();
    await turn();
    for (const arrive of arrivals) arrive();
    await later;
    await turn();
    expect(dialed.map(({ to }) => to)).to.deep.equal(['1', '2']);
  });

  it('are left to the browser once the phone could not be loaded, until it can', async () => {
    const errors: unknown[] = [];
    const listen = (event: Event) => errors.push((event as CustomEvent<unknown>).detail);
    document.addEventListener('almasar-error', listen);
    load = () => Promise.reject(new Error('offline'));
    const link = put('<a href="tel:1">010</a>');
    const opened: unknown[][] = [];
    const real = Object.getOwnPropertyDescriptor(window, 'open')!;
    // The browser's own question about it would keep mouse and keys from this tab, and from all tests after this one.
    window.open = (...asked) => (opened.push(asked), null);
    try {
      expect(await followed(link)).to.equal(false);
    } finally {
      Object.defineProperty(window, 'open', real);
    }
    document.removeEventListener('almasar-error', listen);
    expect(opened).to.deep.equal([['tel:1', '_self']]);
    expect(errors).to.deep.equal([
      { code: 'service-unreachable', carrierCode: null, message: 'The phone did not load.' },
    ]);
    expect(await followed(link)).to.equal(true);

    load = () => Promise.resolve();
    await followed(link, {}, 'pointerdown');
    expect(await followed(link)).to.equal(false);
    expect(dialed.map(({ to }) => to)).to.deep.equal(['1']);
  });
});
