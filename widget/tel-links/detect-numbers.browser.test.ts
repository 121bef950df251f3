import { expect } from '@open-wc/testing';
import { resetMouse, sendKeys, sendMouse } from '@web/test-runner-commands';
import { parseDialString } from '../core/dial-string.ts';
import { detectNumbers } from './detect-numbers.ts';
import { waitUntil } from '../testing/wait-until.ts';

const isNumber = (text: string) => /^(\+20|0)1[0125]\d{8}$/.test(parseDialString(text).number);

let box: HTMLElement;
let undo: () => void;
const dialed: [to: string, left: number][] = [];

function start(root: Document | ShadowRoot = document): void {
  undo = detectNumbers(root, {
    isNumber,
    onDial: (to, rect) => dialed.push([to, Math.round(rect.left)]),
    words: () => ({ lang: 'en', callNumber: (number) => `Call ${number}` }),
  });
}

/** Numbers are read in idle time: a busy machine has less of it. */
async function until(holds: () => unknown, what?: string): Promise<void> {
  await waitUntil(() => Boolean(holds()), what, { timeout: 10_000 });
}

/** What is underlined, in no particular order. */
function marked(): string[] {
  const ranges = [...(CSS.highlights.get('almasar-number') ?? [])];
  return ranges.map(({ startContainer, startOffset, endOffset }) =>
    (startContainer as Text).data.slice(startOffset, endOffset),
  );
}

async function untilMarked(...numbers: string[]): Promise<void> {
  await until(() => marked().sort().join() === numbers.sort().join(), `${numbers.join()} marked`).catch(() => {});
  expect(marked().sort()).to.deep.equal(numbers.sort());
}

function rectOf(node: Node, text: string): DOMRect {
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  for (let each = walker.nextNode(); each; each = walker.nextNode()) {
    const at = (each as Text).data.indexOf(text);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(each, at);
    range.setEnd(each, at + text.length);
    return range.getBoundingClientRect();
  }
  throw new Error(`${text} is not there.`);
}

function middleOf(node: Node, text: string): [number, number] {
  const { left, top, width, height } = rectOf(node, text);
  return [Math.round(left + width / 2), Math.round(top + height / 2)];
}

async function clickOn(node: Node, text: string): Promise<void> {
  await sendMouse({ type: 'click', position: middleOf(node, text) });
}

function button(): HTMLButtonElement | undefined {
  const hosts = document.querySelectorAll<HTMLElement>('body > [data-almasar-ignore]:not([hidden])');
  return [...hosts].map((host) => host.shadowRoot?.querySelector('button')).find(Boolean) ?? undefined;
}

async function untilButton(): Promise<HTMLButtonElement> {
  await until(button, 'a button shows');
  return button()!;
}

describe('numbers in plain text', () => {
  beforeEach(() => {
    box = document.createElement('main');
    document.body.prepend(box);
    dialed.length = 0;
    undo = () => {};
  });

  afterEach(async () => {
    document.getSelection()?.removeAllRanges();
    undo();
    box.remove();
    await resetMouse();
  });

  it('are marked, and the page stays as it is', async () => {
    box.innerHTML = '<p>Call 010 0123 4501 or <b>٠١١٢٣٤٥٦٧٨٩</b> by 25/11/2026</p>';
    const before = document.documentElement.outerHTML;
    start();
    await untilMarked('010 0123 4501', '٠١١٢٣٤٥٦٧٨٩');
    expect(document.documentElement.outerHTML).to.equal(before);
  });

  it('are left alone where they are something else already', async () => {
    box.innerHTML = `<p>01001234501</p>
      <a href="#">01001234502</a><button>01001234502</button><textarea>01001234502</textarea>
      <label>01001234502</label><select><option>01001234502</option></select>
      <div contenteditable>01001234502<p>01001234502</p></div><div role="textbox"><p>01001234502</p></div>
      <pre>01001234502</pre><code>01001234502</code><svg><text y="9">01001234502</text></svg>
      <div data-almasar-ignore><p>01001234502</p></div><almasar-dialer><i>01001234502</i></almasar-dialer>
      <div hidden>01001234502</div><p>01001234503</p>`;
    start();
    await untilMarked('01001234501', '01001234503');
    box.querySelector('[contenteditable]')!.append('01001234504');
    box.querySelector('[role=textbox] p')!.textContent = '01001234504';
    box.append('01001234505');
    await untilMarked('01001234501', '01001234503', '01001234505');
  });

  it('are marked when they come, change and go, and when what hides them is taken away', async () => {
    box.innerHTML = '<p>01001234501</p><p hidden>01001234502</p>';
    start();
    await untilMarked('01001234501');
    const [first, second] = box.querySelectorAll('p');
    second!.hidden = false;
    await untilMarked('01001234501', '01001234502');
    (first!.firstChild as Text).data = 'now 01001234503';
    await untilMarked('01001234502', '01001234503');
    second!.textContent = '01001234504';
    await untilMarked('01001234503', '01001234504');
    box.insertAdjacentHTML('beforeend', '<section><p>01001234505</p></section>');
    await untilMarked('01001234503', '01001234504', '01001234505');
    second!.remove();
    await untilMarked('01001234503', '01001234505');
    box.prepend(box.lastElementChild!);
    box.append(second!);
    await untilMarked('01001234503', '01001234504', '01001234505');
  });

  it('are marked where the page is looked at, not all over it', async () => {
    const rows = Array.from({ length: 1000 }, (_, index) => `<tr><td>0100${String(1_000_000 + index)}</td></tr>`);
    box.innerHTML = `<table>${rows.join('')}</table>`;
    start();
    await until(() => marked().length > 10);
    expect(marked()).to.include('01001000000');
    box.querySelector('tr:last-child')!.scrollIntoView();
    await until(() => marked().includes('01001000999'), 'the last one is marked');
    await until(() => !marked().includes('01001000000'), 'the first one is not, any more');
    expect(marked().length).to.be.below(400);
    scrollTo(0, 0);
    await until(() => marked().includes('01001000000'), 'and again');
  });

  it('are marked in a part of the page that scrolls by itself, wherever it is', async () => {
    const rows = Array.from({ length: 200 }, (_, index) => `<p>0100${String(1_000_000 + index)}</p>`);
    box.innerHTML = `<div style="block-size: 90px; overflow: auto">${rows.join('')}</div>`;
    start();
    for (const index of [0, 20, 43, 107]) {
      const row = box.querySelectorAll('p')[index]!;
      row.scrollIntoView({ block: 'center' });
      await until(() => marked().includes(row.textContent), `${row.textContent} is marked`);
    }
  });

  it('are called by a click on their digits, once for a double click', async () => {
    box.innerHTML = '<p>Sales: 010 0123 4501 (ask for Mona)</p>';
    start();
    await clickOn(box, 'Mona');
    await clickOn(box, 'Sales');
    expect(dialed).to.deep.equal([]);
    await clickOn(box, '0123');
    expect(dialed).to.deep.equal([['010 0123 4501', Math.round(rectOf(box, '010 0123 4501').left)]]);
    await sendMouse({ type: 'click', position: [rectOf(box, 'Sales').left + 1500, middleOf(box, 'Sales')[1]] });
    expect(dialed.length).to.equal(1);
  });

  it('are not called by a click that means something else', async () => {
    box.innerHTML = '<p>01001234501</p>';
    start();
    const [clientX, clientY] = middleOf(box, '0123');
    const click = (init: MouseEventInit) =>
      box.firstElementChild!.dispatchEvent(
        new MouseEvent('click', { bubbles: true, cancelable: true, detail: 1, clientX, clientY, ...init }),
      );
    click({ ctrlKey: true });
    click({ detail: 2 });
    box.addEventListener('click', (event) => event.preventDefault(), { once: true });
    click({});
    document.getSelection()!.selectAllChildren(box);
    click({});
    expect(dialed).to.deep.equal([]);
    document.getSelection()!.removeAllRanges();
    click({});
    expect(dialed.map(([to]) => to)).to.deep.equal(['01001234501']);
  });

  it('have a button beside them while they are pointed at', async () => {
    box.innerHTML = '<p>Sales: 01001234501</p><p style="margin-block-start: 200px">elsewhere</p>';
    start();
    await sendMouse({ type: 'move', position: middleOf(box, '0123') });
    const call = await untilButton();
    expect([call.getAttribute('aria-label'), call.tabIndex]).to.deep.equal(['Call \u206601001234501\u2069', -1]);
    const { left, top, width } = call.getBoundingClientRect();
    const number = rectOf(box, '01001234501');
    expect(left).to.be.within(number.right, number.right + 12);
    expect(top + width / 2).to.be.closeTo(number.top + number.height / 2, 12);
    await sendMouse({ type: 'click', position: [Math.round(left + width / 2), Math.round(top + width / 2)] });
    expect(dialed.map(([to]) => to)).to.deep.equal(['01001234501']);
    expect(button()).to.equal(undefined);

    await sendMouse({ type: 'move', position: middleOf(box, '0123') });
    await untilButton();
    await sendMouse({ type: 'move', position: middleOf(box, 'elsewhere') });
    await until(() => !button(), 'the button goes');
  });

  it('are called by Enter when they are selected, also over several nodes', async () => {
    box.innerHTML = '<p>Call <b>+20 100</b> 123 4501!</p><input value="01001234501" />';
    start();
    document.getSelection()!.selectAllChildren(box.firstElementChild!);
    const call = await untilButton();
    expect(call.title).to.equal('Call \u2066+20 100 123 4501\u2069');
    await sendKeys({ press: 'Enter' });
    expect(dialed.map(([to]) => to)).to.deep.equal(['+20 100 123 4501']);

    box.querySelector('input')!.focus();
    box.querySelector('input')!.select();
    await sendKeys({ press: 'Enter' });
    expect(dialed.length).to.equal(1);
    document.getSelection()!.removeAllRanges();
    await until(() => !button(), 'the button goes');
  });

  it('are found in a shadow root', async () => {
    const root = box.attachShadow({ mode: 'open' });
    root.innerHTML = '<p>Call 01001234501</p>';
    start(root);
    await untilMarked('01001234501');
    await clickOn(root, '0123');
    expect(dialed.map(([to]) => to)).to.deep.equal(['01001234501']);
  });

  it('are plain text again afterwards', async () => {
    box.innerHTML = '<p>01001234501</p>';
    const sheets = document.adoptedStyleSheets.length;
    start();
    await untilMarked('01001234501');
    await sendMouse({ type: 'move', position: middleOf(box, '0123') });
    await untilButton();
    undo();
    box.append('01001234502');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(marked()).to.deep.equal([]);
    expect(CSS.highlights.has('almasar-number')).to.equal(false);
    expect(document.adoptedStyleSheets.length).to.equal(sheets);
    expect(document.querySelector('[data-almasar-ignore]')).to.equal(null);
    await clickOn(box, '0123');
    expect(dialed).to.deep.equal([]);
  });

  it('have the button alone where a browser cannot mark them', async () => {
    box.innerHTML = '<p>01001234501</p>';
    const { highlights } = CSS;
    delete (CSS as Partial<typeof CSS>).highlights;
    try {
      start();
      await clickOn(box, '0123');
      expect(dialed).to.deep.equal([]);
      (await untilButton()).click();
      expect(dialed.map(([to]) => to)).to.deep.equal(['01001234501']);
      undo();
    } finally {
      Object.defineProperty(CSS, 'highlights', { value: highlights, configurable: true });
    }
  });
});
