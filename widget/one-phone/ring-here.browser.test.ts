import { expect } from '@open-wc/testing';
import { RingHere } from './ring-here.ts';
import { waitUntil } from '../testing/wait-until.ts';

const BLOCKED = { ring: 'blocked', phase: 'incoming' } as const;
const OFF = { ring: 'off', phase: 'idle' } as const;
const turn = () => new Promise((resolve) => setTimeout(resolve, 20));

describe('a ringtone for a phone elsewhere', () => {
  let touched: boolean;
  let sounds: string[];
  let pages: RingHere[];

  beforeEach(() => {
    touched = false;
    sounds = [];
    pages = [];
    const value = Object.defineProperty({}, 'hasBeenActive', { get: () => touched });
    Object.defineProperty(navigator, 'userActivation', { value, configurable: true });
  });
  afterEach(() => {
    for (const page of pages) page.close();
    Reflect.deleteProperty(navigator, 'userActivation');
  });

  function open(name: string): RingHere {
    const page = new RingHere({
      createRinger: ({ report }) => ({
        ring({ waiting }) {
          sounds.push(`${name} ${waiting ? 'softly' : 'aloud'}`);
          report('on');
        },
        stop() {
          report('off');
        },
        close() {},
      }),
      base: new URL('https://dialer.example.com/'),
      locks: navigator.locks,
      lockName: 'ring',
      onRings: (on) => sounds.push(`${name} ${on}`),
    });
    pages.push(page);
    return page;
  }

  it('sounds in a page that the agent has touched, and stops when the phone says so', async () => {
    touched = true;
    const page = open('a');
    page.follow(BLOCKED);
    await waitUntil(() => sounds.length === 2);
    page.follow(BLOCKED);
    page.follow({ ring: 'blocked', phase: 'open' });
    page.follow({ ring: 'silenced', phase: 'incoming' });
    expect(sounds).to.deep.equal(['a aloud', 'a true', 'a softly', 'a true', 'a false']);
  });

  it('sounds in one page of all, the next time too', async () => {
    touched = true;
    const both = [open('a'), open('b')];
    for (let time = 1; time <= 2; time += 1) {
      const aloud = () => sounds.filter((sound) => sound.endsWith('aloud')).length;
      for (const page of both) page.follow(BLOCKED);
      await waitUntil(() => aloud() >= time);
      await turn();
      expect(aloud()).to.equal(time);
      for (const page of both) page.follow(OFF);
      await waitUntil(async () => (await navigator.locks.query()).held?.length === 0);
    }
  });

  for (const gesture of ['pointerdown', 'keydown']) {
    it(`waits for a ${gesture} where nobody has touched the page, and leaves the sound to others until then`, async () => {
      const untouched = open('untouched');
      untouched.follow(BLOCKED);
      await turn();
      expect(sounds).to.deep.equal([]);
      touched = true;
      window.dispatchEvent(new Event(gesture));
      await waitUntil(() => sounds.includes('untouched aloud'));
      untouched.follow(OFF);
      window.dispatchEvent(new Event(gesture));
      await turn();
      expect(sounds.filter((sound) => sound.endsWith('aloud'))).to.have.length(1);
    });
  }

  it('sounds where the page is not secure, and has no locks', async () => {
    touched = true;
    const page = new RingHere({
      createRinger: ({ report }) => ({ ring: () => (sounds.push('aloud'), report('on')), stop() {}, close() {} }),
      base: new URL('https://dialer.example.com/'),
      locks: undefined,
      lockName: 'ring',
      onRings: () => {},
    });
    pages.push(page);
    for (let time = 1; time <= 2; time += 1) {
      page.follow(BLOCKED);
      window.dispatchEvent(new Event('keydown'));
      expect(sounds).to.have.length(time);
      page.follow(OFF);
      await turn();
    }
  });

  it('over before it could begin, it does not begin', async () => {
    touched = true;
    const page = open('a');
    page.follow(BLOCKED);
    page.follow(OFF);
    await turn();
    expect(sounds).to.not.include('a aloud');
  });
});
