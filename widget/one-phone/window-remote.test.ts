import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, mock, test } from 'node:test';
import type { PhoneEvent } from '../../service/contract.ts';
import { IDLE, type DialerState } from '../core/state.ts';
import { stateIn } from '../testing/state-in.ts';
import { settle, type Tab, WINDOW } from './testing/tab.ts';
import { useTabs } from './testing/tabs.ts';
import { WindowRemote, type WindowReport } from './window-remote.ts';

describe('what a phone window is asked', () => {
  const tabs = useTabs();

  const report = (state: DialerState): PhoneEvent => ({
    holder: WINDOW,
    place: 'window',
    available: true,
    state: { ...state },
  });
  const say = (event: PhoneEvent) => tabs.service.send(`event: phone\ndata: ${JSON.stringify(event)}\n\n`);

  /** Answers the commands one after the other; the last answer is that of all later ones. */
  function answerCommands(...statuses: readonly (202 | 409 | 503 | 'lost')[]): void {
    let asked = 0;
    tabs.service.answer('POST /api/calls/phone/commands', (_request, response) => {
      const status = statuses[Math.min(asked++, statuses.length - 1)]!;
      if (status === 'lost') return void response.destroy();
      const code = status === 409 ? 'phone-gone' : status === 503 ? 'service-busy' : undefined;
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify({ code, message: '' }));
    });
  }

  const commands = () =>
    tabs.service.heard
      .filter(({ route }) => route === 'POST /api/calls/phone/commands')
      .map(({ body }) => body as { id: string; method: string; args: unknown[] });

  async function remoteTabs(state: DialerState): Promise<[Tab, Tab]> {
    const first = await tabs.open();
    const second = await tabs.open();
    await tabs.service.until(() => tabs.service.streams.size === 1);
    say(report(state));
    await Promise.all([first, second].map((tab) => tab.until(({ place }) => place === 'phone-window')));
    return [first, second];
  }

  test('a hang-up that gets lost is asked again under the same id, and nothing is said', async () => {
    answerCommands(503, 'lost', 202);
    const [, second] = await remoteTabs(stateIn('open'));
    second.phone!.hangUp();
    await tabs.service.until(() => commands().length === 3);
    await settle();
    assert.deepEqual(new Set(commands().map(({ id, method }) => `${id} ${method}`)).size, 1);
    assert.deepEqual([second.state.place, second.state.problem, tabs.phones], ['phone-window', null, 0]);
  });

  test('what does not arrive is said in every tab, and the window keeps its call', async () => {
    answerCommands(503, 503, 503, 503, 202);
    const [first, second] = await remoteTabs(stateIn('open'));
    second.phone!.hangUp();
    await Promise.all([first, second].map((tab) => tab.until(({ problem }) => problem?.code === 'not-delivered')));
    assert.deepEqual([first.state.phase, first.state.place, tabs.phones], ['open', 'phone-window', 0]);
    say(report(stateIn('open')));
    await settle();
    assert.equal(second.state.problem?.code, 'not-delivered', 'a heartbeat is no answer');
    second.phone!.hangUp();
    await Promise.all([first, second].map((tab) => tab.until(({ problem }) => problem === null)));
    assert.equal(commands().length, 5);
  });

  test('a call that is over needs no hang-up any more; a later word takes the place of an earlier one', async () => {
    answerCommands(503);
    const [tab] = await remoteTabs(stateIn('open'));
    tab.phone!.mute(true);
    await tabs.service.until(() => commands().length === 1);
    tab.phone!.mute(false);
    await tabs.service.until(() => commands().length >= 3);
    const again = commands().slice(2);
    assert.ok(again.every(({ args }) => args[0] === false));
    say(report(stateIn('ended')));
    await tab.until(({ phase }) => phase === 'ended');
    await settle(2000);
    assert.equal(tab.state.problem, null);
  });

  test('a call that cannot be asked for is refused in words at once, asked once, and put away by its reader', async () => {
    answerCommands('lost', 503);
    const [tab] = await remoteTabs(stateIn('ended'));
    tab.phone!.dial('01001234501');
    await tab.until(({ problem }) => problem?.code === 'service-unreachable');
    assert.deepEqual([tab.state.phase, tab.state.call, tab.state.place], ['idle', null, 'phone-window']);
    tab.phone!.dial('01001234501');
    await tab.until(({ problem }) => problem?.code === 'service-busy');
    await settle(500);
    assert.equal(commands().length, 2);
    tab.phone!.dismiss();
    await tab.until(({ problem, phase }) => problem === null && phase === 'ended');
    assert.equal(commands().length, 2, 'the window has nothing to put away');
  });

  test('only the service says that a window is gone: then a call is made here', async () => {
    answerCommands(409);
    const [tab] = await remoteTabs(IDLE);
    tab.phone!.dial('01001234501');
    await tab.until(({ phase, place }) => phase === 'dialing' && place === 'here');
    assert.deepEqual(tab.asked.at(-1), ['dial', '01001234501', { callerId: undefined }]);
    assert.equal(tabs.phones, 1);
  });
});

describe('a word that is delivered', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
  afterEach(() => mock.timers.reset());

  const report = (state: DialerState): WindowReport => ({
    holder: WINDOW,
    place: 'window',
    available: true,
    state: { ...state },
  });
  /** All that promises have to do. */
  const turns = async () => {
    for (let times = 0; times < 10; times += 1) await Promise.resolve();
  };

  function remoteOf(state: DialerState): { remote: WindowRemote; said: () => string | undefined } {
    let shown: DialerState | undefined;
    const client = { commandPhone: async () => {} };
    const remote = new WindowRemote({ client, show: (next) => (shown = next), onGone: () => assert.fail() });
    remote.hear(report(state));
    return { remote, said: () => shown?.problem?.code };
  }

  for (const [method, args, state] of [
    ['dial', ['01001234501'], IDLE],
    ['sendDigits', ['1'], stateIn('open')],
    ['hangUp', [], stateIn('open')],
  ] as const) {
    test(`and that the window answers (${method}) is enough; without an answer, as of a crash, that is said`, async () => {
      const { remote, said } = remoteOf(state);
      await remote.ask(method, args);
      mock.timers.tick(3000);
      remote.hear(report(state));
      mock.timers.tick(3000);
      assert.equal(said(), undefined, 'answered');

      await remote.ask(method, args);
      mock.timers.tick(4900);
      assert.equal(said(), undefined);
      mock.timers.tick(200);
      assert.equal(said(), 'not-delivered');
      remote.hear(report(state));
      assert.equal(said(), undefined, 'it was only late');
    });
  }

  test('may be answered before the service says that it was delivered', async () => {
    let deliver = () => {};
    const client = { commandPhone: () => new Promise<void>((resolve) => (deliver = resolve)) };
    let shown: DialerState | undefined;
    const remote = new WindowRemote({ client, show: (next) => (shown = next), onGone: () => assert.fail() });
    remote.hear(report(IDLE));
    void remote.ask('dial', ['01001234501']);
    remote.hear(report(stateIn('dialing')));
    deliver();
    await turns();
    mock.timers.tick(6000);
    assert.equal(shown?.problem, null);
  });

  test('that nobody asked for needs no answer', async () => {
    const { remote, said } = remoteOf(stateIn('open'));
    await remote.ask('nameCustomer', ['id', 'منى']);
    mock.timers.tick(6000);
    assert.equal(said(), undefined);
  });
});
