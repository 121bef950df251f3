/** A page comes, sleeps, is kept by the browser and is shown again, also in the middle of something. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { memoryStorage } from '../testing/memory-storage.ts';
import { stateIn } from '../testing/state-in.ts';
import { settle, type Tab } from './testing/tab.ts';
import { useTabs } from './testing/tabs.ts';

const ready = (tab: Tab) => tab.until((state) => state.place === 'here' && state.reach === 'ready');

describe('the one phone in the life of a page', () => {
  const tabs = useTabs();

  /** A tab whose page does not say yet who the agent is. */
  function unknown() {
    const settings = tabs.settings();
    const known = Promise.withResolvers<void>();
    const tab = tabs.add({ ...settings, getAuthToken: () => known.promise.then(settings.getAuthToken) });
    return { tab, say: known.resolve };
  }

  test('closed while it asks for the lock, it does not keep it', async () => {
    // As when the page says who the agent is just then: at one of these moments the browser is being asked.
    for (let turns = 0; turns < 6; turns += 1) {
      const tab = tabs.add();
      for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      tab.phone!.close();
      await settle();
    }
    await ready(tabs.add());
  });

  for (const [leave, back] of [
    ['pagehide', 'pageshow'],
    ['freeze', 'resume'],
  ] as const) {
    test(`${leave} and ${back} before the agent is known: it has its phone afterwards`, async () => {
      const { tab, say } = unknown();
      for (const type of [leave, back]) tab.page.dispatchEvent(Object.assign(new Event(type), { persisted: true }));
      say();
      await ready(tab);
      await settle();
      assert.deepEqual([tab.state.place, tabs.phones], ['here', 1]);
    });
  }

  test('left while a call sets out and shown again, it begins anew: what it had of the call is gone', async () => {
    const tab = await tabs.open();
    tab.local!.become(stateIn('dialing'));
    for (const type of ['pagehide', 'pageshow']) {
      tab.page.dispatchEvent(Object.assign(new Event(type), { persisted: true }));
    }
    await tab.until(({ phase, reach }) => phase === 'idle' && reach === 'ready');
    assert.deepEqual([tab.phones, tabs.phones], [2, 1]);
  });

  test('away before the agent is known is kept for that agent, and for nobody else', async () => {
    const shared = memoryStorage();
    const settings = tabs.settings();
    const known = Promise.withResolvers<void>();
    const early = tabs.add({ ...settings, getAuthToken: () => known.promise.then(settings.getAuthToken) }, shared);
    early.phone!.setAvailable(false);
    known.resolve();
    await early.until(({ reach }) => reach === 'ready');
    assert.deepEqual(early.asked.at(-1), ['setAvailable', false]);
    early.phone!.close();
    const next = await tabs.open(settings, shared);
    assert.deepEqual(next.asked[0], ['made', false]);
    const nobody = tabs.add({ ...settings, getAuthToken: () => Promise.reject(new Error('signed out')) }, shared);
    await settle();
    assert.deepEqual(nobody.asked[0], ['made', true]);
  });

  test('what the service answers late to a tab whose phone has gone changes nothing there', async () => {
    const answers: (() => void)[] = [];
    tabs.service.answer('PUT /api/calls/phone', (_request, response) => {
      answers.push(() => response.writeHead(200).end('{}'));
    });
    const first = tabs.add();
    await tabs.service.until(() => answers.length === 1);
    const second = tabs.add();
    await second.until(({ place }) => place === 'other-tab');
    await second.phone!.takeOver();
    await first.until(({ place }) => place === 'other-tab');
    const places = new Set<string>();
    first.phone!.subscribe(({ place }) => places.add(place));
    answers[0]!();
    await settle();
    assert.ok(!places.has('here'));
  });
});
