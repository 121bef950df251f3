import assert from 'node:assert/strict';
import { describe, mock, test } from 'node:test';
import type { PhoneEvent } from '../../service/contract.ts';
import { IDLE, type DialerState } from '../core/state.ts';
import { eventually } from '../testing/eventually.ts';
import { stateIn } from '../testing/state-in.ts';
import { settle, Tab, WINDOW } from './testing/tab.ts';
import { useTabs } from './testing/tabs.ts';

const SAVED = { call: stateIn('open').call!, connectToken: 'token' };

describe('one phone per person', () => {
  const tabs = useTabs();

  test('ten tabs have one phone, and all see the call; what is asked in any is done by the one', async () => {
    const [first] = [await tabs.open()];
    for (let more = 0; more < 9; more += 1) await tabs.open();
    await Promise.all(tabs.all.slice(1).map((tab) => tab.until((state) => state.place === 'other-tab')));
    assert.equal(tabs.phones, 1);
    first.local!.become(stateIn('open'));
    await Promise.all(tabs.all.map((tab) => tab.until((state) => state.phase === 'open')));
    tabs.all[7]!.phone!.mute(true);
    await Promise.all(tabs.all.map((tab) => tab.until((state) => state.call?.muted === true)));
    assert.deepEqual(first.asked.at(-1), ['mute', true]);
    assert.equal(first.state.place, 'here');
  });

  test('a hidden tab, whose timers run once a minute, is heard of at the service’s own signs of life', async () => {
    await tabs.open();
    await tabs.service.until(() => tabs.service.streams.size === 1);
    const reports = () => tabs.service.routes().filter((route) => route === 'PUT /api/calls/phone').length;
    await settle(150);
    const before = reports();
    tabs.service.send(': life\n\n');
    await settle();
    assert.equal(reports(), before, 'not while the timer is in time');
    const { now } = Date;
    mock.method(Date, 'now', () => now() + 15_000);
    try {
      tabs.service.send(': life\n\n');
      await tabs.service.until(() => reports() === before + 1);
      tabs.service.send(': life\n\n');
      await settle();
      assert.equal(reports(), before + 1);
    } finally {
      mock.restoreAll();
    }
  });

  test('when the tab with the phone closes, another has it', async () => {
    const first = await tabs.open();
    const second = await tabs.open();
    first.phone!.close();
    await second.until((state) => state.place === 'here' && state.reach === 'ready');
    assert.equal(tabs.phones, 1);
  });

  test('a frozen tab gives the phone away, and is a remote when it wakes up', async () => {
    const first = await tabs.open();
    const second = await tabs.open();
    first.page.dispatchEvent(new Event('freeze'));
    await second.until((state) => state.place === 'here');
    assert.equal(first.state.reach, 'asleep');
    first.page.dispatchEvent(new Event('resume'));
    await first.until((state) => state.place === 'other-tab' && state.reach === 'ready');
    assert.equal(tabs.phones, 1);
  });

  test('a tab brings the phone to itself between calls, and not during one', async () => {
    const first = await tabs.open();
    const second = await tabs.open();
    first.local!.become(stateIn('open'));
    await second.until((state) => state.phase === 'open');
    await second.phone!.takeOver();
    assert.equal(first.state.place, 'here');
    first.local!.become({ ...IDLE, reach: 'ready' });
    await second.until((state) => state.phase === 'idle');
    await second.phone!.takeOver();
    await Promise.all([
      second.until((state) => state.place === 'here'),
      first.until((state) => state.place === 'other-tab'),
    ]);
    assert.equal(tabs.phones, 1);
  });

  test('the phone goes back when the tab that it was brought to closes', async () => {
    const first = await tabs.open();
    const second = await tabs.open();
    await second.phone!.takeOver();
    await first.until((state) => state.place === 'other-tab');
    second.phone!.close();
    await first.until((state) => state.place === 'here' && state.reach === 'ready');
    assert.equal(tabs.phones, 1);
  });

  test('a call is made by the tab with the phone; without leave to use the microphone, by the tab that asks', async () => {
    const first = await tabs.open();
    const second = await tabs.open();
    second.phone!.dial('01001234501');
    await second.until((state) => state.phase === 'dialing');
    assert.deepEqual(first.asked.at(-1), ['dial', '01001234501', { callerId: undefined }]);
    first.local!.become({ ...IDLE, reach: 'ready' });
    await second.until((state) => state.phase === 'idle');
    second.microphone = false;
    second.phone!.dial('01001234501', { name: 'منى' });
    await second.until((state) => state.phase === 'dialing' && state.place === 'here');
    assert.deepEqual(second.asked.at(-1), ['dial', '01001234501', { name: 'منى', callerId: undefined }]);
  });

  test('away is remembered by whichever tab has the phone next', async () => {
    const first = await tabs.open();
    const second = await tabs.open();
    second.phone!.setAvailable(false);
    await eventually(() => first.asked.at(-1)?.[0] === 'setAvailable', 'the first is told');
    assert.deepEqual(first.asked.at(-1), ['setAvailable', false]);
    first.phone!.close();
    await second.until((state) => state.place === 'here');
    assert.deepEqual(second.asked[0], ['made', false]);
  });

  test('another agent has another phone', async () => {
    await tabs.open();
    const other = await tabs.open(tabs.settings('another'));
    assert.equal(other.state.place, 'here');
    assert.equal(tabs.phones, 2);
  });

  test('a reloaded tab with a call gets the phone back from the one that has it meanwhile', async () => {
    const first = await tabs.open();
    const second = await tabs.open();
    first.phone!.close();
    tabs.all.shift();
    await second.until((state) => state.place === 'here');
    const reloaded = new Tab();
    reloaded.keeper.keep(SAVED);
    reloaded.open(tabs.settings(), tabs.shared);
    tabs.all.push(reloaded);
    await reloaded.until((state) => state.place === 'here' && state.reach === 'ready');
    await second.until((state) => state.place === 'other-tab');
    assert.equal(tabs.phones, 1);
  });

  test('a second element of the same page operates the phone as one that is here', async () => {
    const first = await tabs.open();
    const second = new Tab();
    second.id = first.id;
    tabs.all.push(second.open(tabs.settings(), tabs.shared));
    first.local!.become(stateIn('open'));
    await second.until((state) => state.phase === 'open');
    assert.equal(second.state.place, 'here');
    assert.equal(tabs.phones, 1);
  });

  test('an agent is ready once the service knows: it is the service that sends customers here', async () => {
    tabs.service.answer('PUT /api/calls/phone', () => {});
    const tab = tabs.add();
    await tab.until((state) => state.reach === 'connecting');
    await tabs.service.until(() => tabs.service.routes().includes('PUT /api/calls/phone'));
    assert.equal(tab.state.reach, 'connecting');
    tabs.service.on('PUT /api/calls/phone', 200, {});
    tab.local!.become({ ...IDLE, reach: 'offline' });
    tab.local!.become({ ...IDLE, reach: 'ready' });
    await settle(120);
    tab.local!.become(stateIn('open', {}, { reach: 'ready' }));
    tab.local!.become(stateIn('open', {}, { reach: 'ready', waiting: stateIn('incoming').call }));
    tab.local!.become({ ...IDLE, reach: 'ready' });
    await tab.until((state) => state.reach === 'ready');
  });

  test('the service hears the heartbeat of the one phone, and its end', async () => {
    const first = await tabs.open();
    await tabs.open();
    const reports = () => tabs.service.heard.filter(({ route }) => route === 'PUT /api/calls/phone');
    await tabs.service.until(() => reports().some(({ body }) => (body as { available: boolean }).available));
    assert.equal(new Set(reports().map(({ body }) => (body as { holder: string }).holder)).size, 1);
    first.local!.become({ ...IDLE, reach: 'offline' });
    await tabs.service.until(() => reports().some(({ body }) => !(body as { available: boolean }).available));
    first.page.dispatchEvent(new Event('pagehide'));
    await tabs.service.until(() =>
      tabs.service.routes().some((route) => route.startsWith('DELETE /api/calls/phone?holder=')),
    );
  });

  describe('a phone window', () => {
    const report = (state: DialerState): PhoneEvent => ({
      holder: WINDOW,
      place: 'window',
      available: true,
      state: { ...state },
    });
    const say = (event: PhoneEvent) => tabs.service.send(`event: phone\ndata: ${JSON.stringify(event)}\n\n`);

    test('comes before every tab: they show it, and ask it through the service', async () => {
      const first = await tabs.open();
      const second = await tabs.open();
      await tabs.service.until(() => tabs.service.streams.size === 1);
      say(report(stateIn('open')));
      await Promise.all([first, second].map((tab) => tab.until((state) => state.place === 'phone-window')));
      assert.equal(tabs.phones, 0);
      second.phone!.mute(true);
      await tabs.service.until(() => tabs.service.routes().includes('POST /api/calls/phone/commands'));
      const { body } = tabs.service.heard.find(({ route }) => route === 'POST /api/calls/phone/commands')!;
      const { holder, method, args } = body as Record<string, unknown>;
      assert.deepEqual([holder, method, args], [WINDOW, 'mute', [true]]);
    });

    test('waits for the end of a call in a tab, and gives the phone back when it closes', async () => {
      const tab = await tabs.open();
      await tabs.service.until(() => tabs.service.streams.size === 1);
      tab.local!.become(stateIn('open'));
      say(report(IDLE));
      await settle();
      assert.deepEqual([tab.state.phase, tab.state.place], ['open', 'here']);
      tab.local!.become(stateIn('ended'));
      await tab.until((state) => state.place === 'phone-window');
      say(null);
      await tab.until((state) => state.place === 'here' && state.reach === 'ready');
    });

    test('obeys its remotes, and nothing else that a message may say', async () => {
      const tab = await tabs.open({ ...tabs.settings(), phoneWindow: true });
      await tabs.service.until(
        () => tabs.service.routes().includes('PUT /api/calls/phone') && tabs.service.streams.size === 1,
      );
      const { body } = tabs.service.heard.find(({ route }) => route === 'PUT /api/calls/phone')!;
      const { holder, place, state } = body as { holder: string; place: string; state: DialerState };
      assert.deepEqual([place, state.reach], ['window', 'ready']);
      const ask = (method: string, to: string) =>
        tabs.service.send(
          `event: phone-command\ndata: ${JSON.stringify({ holder: to, id: WINDOW, method, args: [] })}\n\n`,
        );
      ask('close', holder);
      ask('hangUp', WINDOW);
      ask('silence', holder);
      // JSON has no undefined: what was not said comes as null.
      tabs.service.send(
        `event: phone-command\ndata: ${JSON.stringify({ holder, id: WINDOW, method: 'answer', args: [null] })}\n\n`,
      );
      await eventually(() => tab.asked.length === 3, 'it obeys');
      await settle();
      assert.deepEqual(tab.asked, [['made', true], ['silence'], ['answer', undefined]]);
      // Its remotes wait for a word, also when nothing has changed.
      await tabs.service.until(
        () => tabs.service.routes().filter((route) => route === 'PUT /api/calls/phone').length > 1,
      );
      assert.ok(tab.local, 'nobody closes it from afar');
    });
  });
});
