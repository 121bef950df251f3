import { expect } from '@open-wc/testing';
import { AUDIO_KEY } from '../../core/audio.ts';
import { mounted, show } from '../testing/dialer-fixture.ts';
import { stateIn, waitingCall } from '../testing/scripted-dialer.ts';
import { Attention } from './attention.ts';
import { PageTitle } from './page-title.ts';
import { waitUntil } from '../../testing/wait-until.ts';

const WORDS = { text: 'Incoming call', lang: 'en', dir: 'ltr', notify: true } as const;

function icons(): string[] {
  return [...document.head.querySelectorAll<HTMLLinkElement>('link[rel~="icon"]')].map(({ href }) => href);
}

/** Puts notes in place of the browser's notifications, on a page that is hidden or not, in front or not. */
function withNotifications(permission: NotificationPermission, visibility: DocumentVisibilityState, focus = true) {
  const shown: { text: string; options: NotificationOptions | undefined; closed: boolean }[] = [];
  const real = window.Notification;
  class Noted extends EventTarget {
    static permission = permission;
    readonly #note: (typeof shown)[number];
    constructor(text: string, options?: NotificationOptions) {
      super();
      this.#note = { text, options, closed: false };
      shown.push(this.#note);
    }
    close(): void {
      this.#note.closed = true;
    }
  }
  Object.defineProperty(window, 'Notification', { value: Noted, configurable: true, writable: true });
  Object.defineProperty(document, 'visibilityState', { value: visibility, configurable: true });
  Object.defineProperty(document, 'hasFocus', { value: () => focus, configurable: true });
  const restore = () => {
    Object.defineProperty(window, 'Notification', { value: real, configurable: true, writable: true });
    Reflect.deleteProperty(document, 'visibilityState');
    Reflect.deleteProperty(document, 'hasFocus');
  };
  return { shown, restore };
}

describe('attention for an incoming call', () => {
  const icon = document.createElement('link');

  beforeEach(() => {
    document.title = 'CRM';
    icon.rel = 'icon';
    icon.href = 'data:,crm';
    document.head.prepend(icon);
  });
  afterEach(() => {
    icon.remove();
    localStorage.removeItem(AUDIO_KEY);
  });

  it('shows the call in the title in turn with the page’s own, and gives that back', async () => {
    const title = new PageTitle();
    title.alternate('Incoming call…');
    expect(document.title).to.equal('Incoming call…');
    await waitUntil(() => document.title === 'CRM', 'the page’s own', { timeout: 3000 });
    await waitUntil(() => document.title === 'Incoming call…', 'ours again', { timeout: 3000 });
    title.restore();
    expect(document.title).to.equal('CRM');
  });

  it('gives back the title that the page has taken meanwhile', async () => {
    const title = new PageTitle();
    title.alternate('Incoming call…');
    document.title = 'CRM (2)';
    await waitUntil(() => document.title === 'Incoming call…', 'ours again', { timeout: 3000 });
    title.restore();
    expect(document.title).to.equal('CRM (2)');
  });

  it('gives back the page’s title after two phones that speak different languages', () => {
    const [a, b] = [new PageTitle(), new PageTitle()];
    for (const [first, last] of [
      [a, b],
      [b, a],
    ] as const) {
      a.alternate('Incoming call…');
      b.alternate('مكالمة واردة…');
      first.restore();
      last.restore();
      expect(document.title).to.equal('CRM');
    }
  });

  it('puts a badge in place of the icon, and the icon back where it was', () => {
    const attention = new Attention();
    const next = icon.nextSibling;
    attention.start(WORDS);
    expect(icons()).to.have.length(1);
    expect(icons()[0]).to.include('data:image/svg+xml');
    attention.stop();
    expect(icons()).to.deep.equal(['data:,crm']);
    expect(icon.nextSibling).to.equal(next);
  });

  it('of two phones in a page is one badge, as long as one of them rings; then the page has its icon', () => {
    const [a, b] = [new Attention(), new Attention()];
    const next = icon.nextSibling;
    for (const [first, last] of [
      [a, b],
      [b, a],
    ] as const) {
      a.start(WORDS);
      b.start(WORDS);
      first.stop();
      expect(icons(), 'the other rings').to.have.length(1);
      expect(icons()[0]).to.include('data:image/svg+xml');
      last.stop();
      expect(icons()).to.deep.equal(['data:,crm']);
      expect(icon.nextSibling).to.equal(next);
    }
  });

  it('tells the desktop only when asked to, out of sight, and without name or number', () => {
    const { shown, restore } = withNotifications('granted', 'hidden');
    const attention = new Attention();
    attention.start(WORDS);
    attention.stop();
    expect(shown, 'not asked for').to.deep.equal([]);
    localStorage.setItem(AUDIO_KEY, '{"notifications":true}');
    attention.start(WORDS);
    expect(shown.map(({ text, closed }) => [text, closed])).to.deep.equal([['Incoming call', false]]);
    expect(shown[0]?.options).to.deep.equal({ tag: 'almasar-dialer-incoming', lang: 'en', dir: 'ltr', silent: true });
    attention.stop();
    expect(shown[0]?.closed).to.equal(true);
    attention.start({ ...WORDS, notify: false });
    attention.stop();
    expect(shown, 'the phone is somewhere else').to.have.length(1);
    restore();
  });

  it('tells the desktop when the page is seen but another window is in front, as the switch says', () => {
    localStorage.setItem(AUDIO_KEY, '{"notifications":true}');
    const { shown, restore } = withNotifications('granted', 'visible', false);
    const attention = new Attention();
    attention.start(WORDS);
    attention.stop();
    restore();
    expect(shown).to.have.length(1);
  });

  it('tells the desktop nothing while the agent is in the page, or the browser forbids it', () => {
    localStorage.setItem(AUDIO_KEY, '{"notifications":true}');
    for (const [permission, visibility] of [
      ['granted', 'visible'],
      ['denied', 'hidden'],
    ] as const) {
      const { shown, restore } = withNotifications(permission, visibility);
      const attention = new Attention();
      attention.start(WORDS);
      attention.stop();
      restore();
      expect(shown).to.deep.equal([]);
    }
  });

  it('lasts from the ring to the answer, for a call that waits too', async () => {
    const { element, dialer } = await mounted('en');
    await show(element, dialer, stateIn('incoming'));
    await waitUntil(() => document.title.includes('Incoming call'), 'rings');
    await show(element, dialer, stateIn('incoming', { accepting: true }));
    expect(document.title).to.equal('CRM');
    await show(element, dialer, stateIn('open', {}, { waiting: waitingCall() }));
    expect(document.title).to.include('Incoming call');
    element.remove();
    expect(document.title).to.equal('CRM');
  });
});
