import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { IDLE } from '../core/state.ts';
import { memoryStorage } from '../testing/memory-storage.ts';
import { StubService } from '../testing/stub-service.ts';
import { KeptForAgent, keyOf } from './kept-for-agent.ts';
import { settingsOf, Tab, WINDOW } from './testing/tab.ts';

const [KEPT, OTHER, NUMBER] = ['+20224610000', '+20224610001', '01001234501'] as const;

describe('a call shows the number that the agent has chosen', () => {
  let service: StubService;
  let shared: Storage;
  let tabs: Tab[];
  let agent = 0;

  beforeEach(async () => {
    service = await new StubService().start();
    service.on('PUT /api/calls/phone', 200, {});
    service.on('POST /api/calls/phone/commands', 202, {});
    shared = memoryStorage();
    tabs = [];
    agent += 1;
  });

  afterEach(async () => {
    for (const { phone } of tabs) phone?.close();
    await service.stop();
  });

  const settings = (who = `chooser${agent}`) => settingsOf(service.url, who);
  const keep = (number: string, who?: string, storage = shared) => {
    const given = settings(who);
    new KeptForAgent(keyOf(given, who ?? `chooser${agent}`), () => storage).set('caller-id', number);
  };

  async function openTab(storage = shared): Promise<Tab> {
    const tab = new Tab().open(settings(), storage);
    tabs.push(tab);
    await tab.until((state) => state.reach === 'ready' || state.place !== 'here');
    return tab;
  }

  test('also when it is asked for before anybody knows who the agent is', async () => {
    keep(KEPT);
    const tab = new Tab().open(settings(), shared);
    tabs.push(tab);
    tab.phone!.dial(NUMBER);
    await tab.until(({ phase }) => phase === 'dialing');
    assert.deepEqual(tab.asked.at(-1), ['dial', NUMBER, { callerId: KEPT }]);
  });

  test('not what another agent of this browser has chosen', async () => {
    keep(OTHER, 'somebody else');
    const tab = await openTab();
    tab.phone!.dial(NUMBER);
    assert.deepEqual(tab.asked.at(-1), ['dial', NUMBER, { callerId: undefined }]);
  });

  for (const callerId of [OTHER, null]) {
    test(`a call that says what it shows (${callerId}) shows that`, async () => {
      keep(KEPT);
      const tab = await openTab();
      tab.phone!.dial(NUMBER, { callerId });
      assert.deepEqual(tab.asked.at(-1), ['dial', NUMBER, { callerId }]);
    });
  }

  test('the tab that asks passes it on to the tab with the phone', async () => {
    keep(KEPT);
    const [first, second] = [await openTab(), await openTab()];
    second.phone!.dial(NUMBER, { name: 'منى' });
    await second.until(({ phase }) => phase === 'dialing');
    assert.deepEqual(first.asked.at(-1), ['dial', NUMBER, { name: 'منى', callerId: KEPT }]);
  });

  test('and to the phone window, whose origin keeps another', async () => {
    keep(KEPT);
    const tab = await openTab();
    await service.until(() => service.streams.size === 1);
    const event = { holder: WINDOW, place: 'window', available: true, state: { ...IDLE } };
    service.send(`event: phone\ndata: ${JSON.stringify(event)}\n\n`);
    await tab.until(({ place }) => place === 'phone-window');
    tab.phone!.dial(NUMBER);
    const commands = () => service.heard.filter(({ route }) => route === 'POST /api/calls/phone/commands');
    await service.until(() => commands().length === 1);
    assert.deepEqual((commands()[0]!.body as { args: unknown[] }).args, [NUMBER, { callerId: KEPT }]);
  });
});
