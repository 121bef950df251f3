/** A shift of eight hours: the access token never runs out while the page is awake and the network there. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, mock, test } from 'node:test';
import type { TokenAnswer } from '../../service/contract.ts';
import { ProblemError } from '../core/problem-error.ts';
import { ScriptedSdk } from '../testing/scripted-sdk.ts';
import { DeviceLife } from './device-life.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SHIFT = 8 * HOUR;
const LIFE = HOUR;
/** Nothing shorter of the phone's waits is worth a step of its own. */
const STEP = 1000;

interface Timer {
  due: number;
  every: number | null;
  run: () => void;
}

/** A computer's time, and what the browser makes of a tab's timers. */
class TabClock {
  now = 1e12;
  /** Timers of a hidden tab run at whole minutes, each once however often it was due. HTML leaves that to browsers. */
  hidden = false;
  readonly #timers = new Map<number, Timer>();
  #last = 0;

  install(): void {
    mock.method(Date, 'now', () => this.now);
    const set = (run: () => void, ms: number, every: number | null) => {
      this.#timers.set((this.#last += 1), { due: this.now + ms, every, run });
      return this.#last;
    };
    const clear = (id: number) => void this.#timers.delete(id);
    const replace = (name: 'setTimeout' | 'setInterval' | 'clearTimeout' | 'clearInterval', by: unknown) =>
      mock.method(globalThis, name, by as never);
    replace('setTimeout', (run: () => void, ms = 0) => set(run, ms, null));
    replace('setInterval', (run: () => void, ms: number) => set(run, ms, ms));
    replace('clearTimeout', clear);
    replace('clearInterval', clear);
  }

  /** A second passes. */
  async step(): Promise<void> {
    this.now += STEP;
    if (!this.hidden || this.now % MINUTE === 0) {
      for (const [id, timer] of this.#timers) {
        if (timer.due > this.now) continue;
        if (timer.every === null) this.#timers.delete(id);
        else timer.due = this.now + timer.every;
        timer.run();
      }
    }
    await settle();
  }

  /** The computer sleeps: time passes, nothing runs. */
  sleep(ms: number): void {
    this.now += ms;
  }
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('access tokens over a shift', () => {
  let clock: TabClock;
  let sdk: ScriptedSdk;
  let page: EventTarget;
  let life: DeviceLife;
  let online: boolean;
  let busy: boolean;
  let refused: number;
  let endOf: Map<string, number>;
  /** Of each renewal: how long the token before it still had, and whether there was a call. */
  let renewals: { left: number; busy: boolean }[];
  let expiredFor: number;

  const tokenNow = () => sdk.device.tokens.at(-1)!;
  const left = () => endOf.get(tokenNow())! - clock.now;

  async function requestAccessToken(): Promise<TokenAnswer> {
    if (!online) {
      refused += 1;
      throw new ProblemError('service-unreachable', 'Offline.');
    }
    const accessToken = `token ${endOf.size + 1}`;
    if (endOf.size > 0) renewals.push({ left: left(), busy });
    endOf.set(accessToken, clock.now + LIFE);
    return { accessToken, identity: 'mona', expiresAt: new Date(clock.now + LIFE).toISOString() };
  }

  beforeEach(async () => {
    clock = new TabClock();
    clock.install();
    sdk = new ScriptedSdk();
    page = new EventTarget();
    online = true;
    busy = false;
    refused = expiredFor = 0;
    endOf = new Map();
    renewals = [];
    life = new DeviceLife({
      base: new URL('https://dialer.example.com/'),
      version: '0.1.0',
      getUserMedia: () => Promise.reject(new Error('No call is made.')),
      loadSdk: async () => sdk,
      requestAccessToken,
      onRefused: () => assert.fail('The carrier refuses nothing here.'),
      onDrop() {},
      isBusy: () => busy,
      page,
    });
    await life.ready();
  });

  afterEach(() => {
    life.drop();
    mock.restoreAll();
  });

  /** Time passes second by second, and whether the token was good is looked at in each. */
  async function pass(ms: number): Promise<void> {
    for (const end = clock.now + ms; clock.now < end;) {
      await clock.step();
      if (left() <= 0) expiredFor += STEP;
    }
  }

  const hear = async (type: string) => {
    page.dispatchEvent(new Event(type));
    await settle();
  };

  test('in a hidden tab, whose timers run once a minute: no second without a good token, and no more of them than needed', async () => {
    clock.hidden = true;
    await pass(SHIFT);
    assert.equal(expiredFor, 0);
    // Each is used until two minutes or less before its end, and never less than one before.
    assert.ok(renewals.every((renewal) => renewal.left > 0 && renewal.left <= 2 * MINUTE));
    assert.equal(renewals.length, 8);
  });

  test('in calls all day: renewed only in the last half minute of a token, and never too late', async () => {
    // A page that is in a call is in nobody's background: its timers are on time.
    busy = true;
    await pass(SHIFT);
    assert.equal(expiredFor, 0);
    assert.ok(renewals.every((renewal) => renewal.left > 0 && renewal.left <= 30_000));
  });

  test('calls and pauses in turn, shown and hidden: none too late, none in a call before it must be', async () => {
    for (const end = clock.now + SHIFT; clock.now < end;) {
      busy = true;
      clock.hidden = false;
      await pass(7 * MINUTE);
      busy = false;
      clock.hidden = true;
      await pass(4 * MINUTE);
    }
    assert.equal(expiredFor, 0);
    assert.ok(renewals.every((renewal) => renewal.left <= (renewal.busy ? 30_000 : 2 * MINUTE)));
  });

  for (const wakeUp of ['visibilitychange', 'online', 'pageshow']) {
    test(`a sleep of two hours: a good token from the first moment awake (${wakeUp})`, async () => {
      clock.hidden = true;
      await pass(30 * MINUTE);
      clock.sleep(2 * HOUR);
      await hear(wakeUp);
      assert.ok(left() > 0);
      await pass(SHIFT - 2.5 * HOUR);
      assert.equal(expiredFor, 0);
    });
  }

  test('a sleep that no event tells of ends with the first timer', async () => {
    await pass(30 * MINUTE);
    clock.sleep(2 * HOUR);
    assert.ok(left() <= 0);
    await pass(15_000);
    assert.ok(left() > 0);
  });

  test('offline while the token runs out: asked for now and then, renewed as soon as the network is back', async () => {
    clock.hidden = true;
    await pass(50 * MINUTE);
    online = false;
    await pass(25 * MINUTE);
    assert.ok(left() <= 0, 'nobody gave one');
    assert.ok(refused >= 5 && refused <= 25, `asked ${refused} times in 17 minutes`);
    online = true;
    expiredFor = 0;
    await hear('online');
    assert.ok(left() > 0);
    await pass(SHIFT - 75 * MINUTE);
    assert.equal(expiredFor, 0);
  });

  test('a service that is away for most of a minute just when a hidden tab asks costs nothing', async () => {
    clock.hidden = true;
    const asked = () => renewals.length + refused;
    while (asked() === 0) {
      // The first that is asked for is refused.
      online = left() > 2 * MINUTE + STEP;
      await pass(STEP);
    }
    await pass(50_000);
    online = true;
    await pass(SHIFT - HOUR);
    assert.ok(refused > 0);
    assert.equal(expiredFor, 0);
  });
});
