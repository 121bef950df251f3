/** Several tabs, as agents have them: one that hangs, one that nobody has touched, one of before the sign-in. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, mock, test } from 'node:test';
import { IDLE } from '../core/state.ts';
import { eventually } from '../testing/eventually.ts';
import { mockTimeouts } from '../testing/mock-timeouts.ts';
import { stateIn } from '../testing/state-in.ts';
import { settle, type Tab, WINDOW } from './testing/tab.ts';
import { useTabs } from './testing/tabs.ts';

describe('a phone in another tab', () => {
  const tabs = useTabs();

  describe('that says nothing for a while', () => {
    let first: Tab;
    let second: Tab;

    async function pass(seconds: number): Promise<void> {
      for (let second = 0; second < seconds; second += 1) {
        mock.timers.tick(1000);
        for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      }
    }

    beforeEach(async () => {
      mockTimeouts();
      first = tabs.add();
      await eventually(() => first.local !== undefined, 'the first has the phone');
      second = tabs.add();
      await eventually(() => second.state.place === 'other-tab', 'the second operates it');
      mock.timers.tick(1);
      // What is said later is said again by nobody, and whoever hears it waits anew.
      await eventually(() => second.state.reach === 'ready', 'the first has told the service, and the second');
    });
    afterEach(() => mock.timers.reset());

    test('is asked whether it is there, and stays where it is', async () => {
      await pass(120);
      assert.deepEqual([second.state.place, tabs.phones], ['other-tab', 1]);
    });

    test('and hangs, is taken over: its tab would answer nobody, and be shown as ready in all others', async () => {
      first.hangs = true;
      await pass(60);
      await eventually(() => second.state.place === 'here', 'taken over');
      first.hangs = false;
      await eventually(() => tabs.phones === 1, 'the first operates it when it goes on');
    });

    test('and hangs while it rings there: the ringtone here ends with it, since nobody would say that the customer is gone', async () => {
      first.local!.become(stateIn('incoming', {}, { ring: 'blocked' }));
      await eventually(() => second.ringing, 'it rings here');
      first.hangs = true;
      await pass(60);
      assert.equal(second.ringing, false);
    });

    test('is left alone in mid-call', async () => {
      first.local!.become(stateIn('open'));
      await eventually(() => second.state.phase === 'open', 'all see the call');
      first.hangs = true;
      await pass(120);
      assert.deepEqual([second.state.place, second.local], ['other-tab', undefined]);
    });

    test('and hangs in mid-call: what is asked of it in vain is said, until that is read or it goes on', async () => {
      first.local!.become(stateIn('open'));
      await eventually(() => second.state.phase === 'open', 'all see the call');
      first.hangs = true;
      const askInVain = async () => {
        second.phone!.mute(true);
        await pass(3);
        assert.deepEqual([second.state.phase, second.state.problem?.code], ['open', 'not-delivered']);
      };
      await askInVain();
      second.phone!.dismiss();
      await pass(3);
      assert.equal(second.state.problem, null);
      second.phone!.nameCustomer(first.state.call!.callId, 'هدى');
      await pass(3);
      assert.equal(second.state.problem, null, 'nobody has asked for that');
      await askInVain();
      first.hangs = false;
      first.local!.become(stateIn('open', { muted: true }));
      await eventually(() => second.state.problem === null, 'it goes on');
    });
  });

  test('that is busy and hears of a dial too late leaves it: it was made in the tab where it was asked for', async () => {
    const [first, second] = [await tabs.open(), await tabs.open()];
    first.busy = [];
    second.phone!.dial('+201001234501');
    // Given up after 1.5 s; what else the second does takes it as long again.
    await settle(1700);
    first.goOn();
    await second.until((state) => state.phase === 'dialing');
    await settle(1700);
    const dials = tabs.all.flatMap(({ asked }) => asked).filter(([what]) => what === 'dial');
    assert.deepEqual([dials.length, second.local?.getState().phase, tabs.phones], [1, 'dialing', 1]);
  });

  test('that begins a call while it is asked for the phone keeps both', async () => {
    const [first, second] = [await tabs.open(), await tabs.open()];
    first.busy = [];
    const taken = second.phone!.takeOver();
    await settle();
    first.local!.become(stateIn('dialing'));
    await taken;
    first.goOn();
    assert.deepEqual([second.state.phase, second.local], ['dialing', undefined]);
  });

  test('told again, its problem is the same one: the page hears of it once', async () => {
    const [first, second] = [await tabs.open(), await tabs.open()];
    const failed = stateIn('ended', {}, { problem: { code: 'connection-lost', carrierCode: null } });
    first.local!.become(failed);
    await second.until((state) => state.problem !== null);
    const { problem } = second.state;
    first.local!.become({ ...failed, warnings: [] });
    await settle();
    assert.equal(second.state.problem, problem);
  });

  test('in the phone’s own window: answering there asks for no microphone here, nor does dialling', async () => {
    const [first, second] = [await tabs.open(), await tabs.open()];
    await tabs.service.until(() => tabs.service.streams.size === 1);
    tabs.service.on('POST /api/calls/phone/commands', 202, {});
    const event = { holder: WINDOW, place: 'window', available: true, state: stateIn('incoming') };
    tabs.service.send(`event: phone\ndata: ${JSON.stringify(event)}\n\n`);
    await Promise.all([first, second].map((tab) => tab.until((state) => state.place === 'phone-window')));
    second.microphone = false;
    second.phone!.answer();
    await settle();
    tabs.service.send(`event: phone\ndata: ${JSON.stringify({ ...event, state: IDLE })}\n\n`);
    await second.until((state) => state.phase === 'idle');
    second.phone!.dial('+201001234501');
    await settle();
    assert.deepEqual([second.asked, second.local, first.local], [[], undefined, undefined]);
  });

  test('that cannot sound there sounds here, until it is silenced, answered or over', async () => {
    const [first, second] = [await tabs.open(), await tabs.open()];
    for (const after of [
      stateIn('incoming', {}, { ring: 'silenced' }),
      stateIn('open'),
      { ...IDLE, reach: 'ready' as const },
    ]) {
      first.local!.become(stateIn('incoming', {}, { ring: 'blocked' }));
      await second.until((state) => state.ring === 'on');
      assert.deepEqual([second.ringing, first.ringing, first.state.ring], [true, false, 'blocked']);
      first.local!.become(after);
      await second.until((state) => state.ring === after.ring);
      await settle();
      assert.equal(second.ringing, false);
    }
  });

  test('that cannot sound in either says so in both; what is told meanwhile does not change that', async () => {
    const [first, second] = [await tabs.open(), await tabs.open()];
    second.sounds = false;
    first.local!.become(stateIn('incoming', {}, { ring: 'blocked' }));
    await second.until((state) => state.ring === 'blocked');
    second.sounds = true;
    first.local!.become(stateIn('incoming', { name: 'هدى' }, { ring: 'blocked' }));
    await second.until((state) => state.ring === 'on');
    first.local!.become(stateIn('incoming', { name: 'هدى علي' }, { ring: 'blocked' }));
    await second.until((state) => state.call?.name === 'هدى علي');
    assert.equal(second.state.ring, 'on');
  });

  test('that is a window nobody has touched sounds in the page that has it, and all tabs know', async () => {
    const [first, second] = [await tabs.open(), await tabs.open()];
    await tabs.service.until(() => tabs.service.streams.size === 1);
    second.sounds = false;
    const event = {
      holder: WINDOW,
      place: 'window',
      available: true,
      state: stateIn('incoming', {}, { ring: 'blocked' }),
    };
    tabs.service.send(`event: phone\ndata: ${JSON.stringify(event)}\n\n`);
    await Promise.all([first, second].map((tab) => tab.until((state) => state.ring === 'on')));
    assert.deepEqual([first.ringing, second.ringing], [true, false]);
  });

  test('is answered with the microphone asked for where the agent is: a hidden tab asks nobody', async () => {
    const [first, second] = [await tabs.open(), await tabs.open()];
    second.microphone = false;
    first.local!.become(stateIn('incoming'));
    await second.until((state) => state.phase === 'incoming');
    second.phone!.answer();
    await eventually(() => first.asked.at(-1)?.[0] === 'answer', 'answered');
    assert.deepEqual(second.asked, [['microphone']]);
    second.phone!.answer();
    await settle();
    assert.equal(second.asked.length, 1, 'once');
  });

  test('is one also where a tab was there before anybody was signed in', async () => {
    const { getAuthToken } = tabs.settings();
    let signedIn = false;
    const early = tabs.add({
      ...tabs.settings(),
      getAuthToken: () => (signedIn ? getAuthToken() : Promise.reject(new Error('signed out'))),
    });
    await settle();
    assert.ok(early.local, 'it says what is wrong');
    signedIn = true;
    await tabs.open();
    // As the phone of before does, which tries for a token all the time.
    early.local.become({ ...IDLE, reach: 'connecting' });
    await early.until((state) => state.place === 'other-tab');
    assert.equal(tabs.phones, 1);
  });
});
