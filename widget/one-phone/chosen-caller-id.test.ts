import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { IDLE } from '../core/state.ts';
import { KeptForAgent, keyOf } from './kept-for-agent.ts';
import { WINDOW } from './testing/tab.ts';
import { useTabs } from './testing/tabs.ts';

const [KEPT, OTHER, NUMBER] = ['+20224610000', '+20224610001', '01001234501'] as const;

describe('a call shows the number that the agent has chosen', () => {
  const tabs = useTabs();

  const keep = (number: string, who?: string, storage = tabs.shared) => {
    const given = tabs.settings(who);
    new KeptForAgent(keyOf(given, who ?? tabs.agent), () => storage).set('caller-id', number);
  };

  test('also when it is asked for before anybody knows who the agent is', async () => {
    keep(KEPT);
    const tab = tabs.add();
    tab.phone!.dial(NUMBER);
    await tab.until(({ phase }) => phase === 'dialing');
    assert.deepEqual(tab.asked.at(-1), ['dial', NUMBER, { callerId: KEPT }]);
  });

  test('not what another agent of this browser has chosen', async () => {
    keep(OTHER, 'somebody else');
    const tab = await tabs.open();
    tab.phone!.dial(NUMBER);
    assert.deepEqual(tab.asked.at(-1), ['dial', NUMBER, { callerId: undefined }]);
  });

  for (const callerId of [OTHER, null]) {
    test(`a call that says what it shows (${callerId}) shows that`, async () => {
      keep(KEPT);
      const tab = await tabs.open();
      tab.phone!.dial(NUMBER, { callerId });
      assert.deepEqual(tab.asked.at(-1), ['dial', NUMBER, { callerId }]);
    });
  }

  test('the tab that asks passes it on to the tab with the phone', async () => {
    keep(KEPT);
    const [first, second] = [await tabs.open(), await tabs.open()];
    second.phone!.dial(NUMBER, { name: 'منى' });
    await second.until(({ phase }) => phase === 'dialing');
    assert.deepEqual(first.asked.at(-1), ['dial', NUMBER, { name: 'منى', callerId: KEPT }]);
  });

  test('and to the phone window, whose origin keeps another', async () => {
    keep(KEPT);
    const tab = await tabs.open();
    await tabs.service.until(() => tabs.service.streams.size === 1);
    const event = { holder: WINDOW, place: 'window', available: true, state: { ...IDLE } };
    tabs.service.send(`event: phone\ndata: ${JSON.stringify(event)}\n\n`);
    await tab.until(({ place }) => place === 'phone-window');
    tab.phone!.dial(NUMBER);
    const commands = () => tabs.service.heard.filter(({ route }) => route === 'POST /api/calls/phone/commands');
    await tabs.service.until(() => commands().length === 1);
    assert.deepEqual((commands()[0]!.body as { args: unknown[] }).args, [NUMBER, { callerId: KEPT }]);
  });
});
