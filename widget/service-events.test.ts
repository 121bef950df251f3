import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { createServiceAccess } from './service-access.ts';
import { followEvents, type EventsPlace, type FollowedEvents } from './service-events.ts';
import { eventually } from './testing/eventually.ts';
import { StubService } from './testing/stub-service.ts';

const tokenOf = (sub: string) => ['{}', JSON.stringify({ sub }), ''].map((part) => btoa(part)).join('.');

/** A tab that writes down what it hears. */
class Tab {
  readonly heard: string[] = [];
  /** How often something was missed for good. */
  missed = 0;
  /** Signs of life: whatever the service sent. */
  lives = 0;
  readonly page = new EventTarget();
  readonly document = new EventTarget();
  readonly #changes = new EventEmitter();
  #following: FollowedEvents | undefined;

  open(service: string, agent: string, sharedBy: EventsPlace['sharedBy']): this {
    const access = createServiceAccess({ service, getAuthToken: async () => tokenOf(agent) });
    const { page, document } = this;
    const hear = (what: string) => {
      this.heard.push(what);
      this.#changes.emit('change');
    };
    const listener = {
      onMissed: () => void (this.missed += 1),
      onOpen: () => hear('open'),
      onLost: () => hear('lost'),
      onLife: () => void (this.lives += 1),
      onMessage: ({ event, data }: { event: string; data: string }) => hear(`${event} ${data}`),
    };
    this.#following = followEvents(access, listener, { sharedBy, page, document });
    return this;
  }

  close(): void {
    this.#following?.stop();
  }

  retryNow(): void {
    this.#following?.retryNow();
  }

  async until(what: string, from = 0): Promise<void> {
    while (!this.heard.slice(from).includes(what)) {
      await once(this.#changes, 'change', { signal: AbortSignal.timeout(5000) });
    }
  }
}

const SHARED = { locks: navigator.locks, openChannel: (name: string) => new BroadcastChannel(name) };
const settle = (ms = 40) => new Promise((resolve) => setTimeout(resolve, ms));

describe('the events of one agent in several tabs', () => {
  let service: StubService;
  let tabs: Tab[];

  beforeEach(async () => {
    service = await new StubService().start();
    tabs = [];
  });

  afterEach(async () => {
    for (const tab of tabs) tab.close();
    await service.stop();
  });

  async function openTab(agent = 'ola', sharedBy: EventsPlace['sharedBy'] | 'nothing' = SHARED): Promise<Tab> {
    const tab = new Tab().open(service.url, agent, sharedBy === 'nothing' ? undefined : sharedBy);
    tabs.push(tab);
    await tab.until('open');
    return tab;
  }

  async function openTabs(count: number): Promise<Tab[]> {
    for (let more = 0; more < count; more += 1) await openTab();
    return tabs;
  }

  test('ten tabs hear all through one connection, each once', async () => {
    await openTabs(10);
    assert.equal(service.streams.size, 1);
    service.send('event: call\ndata: 1\n\n');
    service.send('event: call\ndata: 2\n\n');
    await Promise.all(tabs.map((tab) => tab.until('call 2')));
    for (const { heard } of tabs) assert.deepEqual(heard, ['open', 'call 1', 'call 2']);
  });

  for (const sharedBy of [SHARED, 'nothing'] as const) {
    test(`each tab hears that the service is alive (${sharedBy === SHARED ? 'one stream' : 'a stream each'})`, async () => {
      await openTab('ola', sharedBy);
      await openTab('ola', sharedBy);
      await settle();
      const before = tabs.map(({ lives }) => lives);
      service.send(': life\n\n');
      const since = () => tabs.map(({ lives }, index) => lives - before[index]!);
      await eventually(() => since().every((lives) => lives > 0), 'both hear it');
      await settle();
      assert.deepEqual(since(), [1, 1]);
    });
  }

  test('a tab that comes later is told at once what the service says at the beginning only, and no one else', async () => {
    const first = await openTab();
    service.send('event: phone\ndata: null\n\n');
    service.send('event: phone\ndata: {}\n\n');
    service.send('event: call\ndata: 1\n\n');
    await first.until('call 1');
    const second = await openTab();
    await second.until('phone {}');
    assert.deepEqual(second.heard, ['open', 'phone {}']);
    assert.deepEqual(first.heard, ['open', 'phone null', 'phone {}', 'call 1']);
  });

  test('when the tab that reads closes, another one reads, and all know that something may be missing', async () => {
    const [reader, ...rest] = await openTabs(3);
    const [before] = service.streams;
    reader!.close();
    await Promise.all(rest.map((tab) => tab.until('open', 1)));
    await service.until(() => service.streams.size === 1 && !service.streams.has(before!));
    for (const { heard } of rest) assert.deepEqual(heard, ['open', 'lost', 'open']);
    service.send('event: call\ndata: 3\n\n');
    await Promise.all(rest.map((tab) => tab.until('call 3')));
    assert.ok(!reader!.heard.includes('call 3'));
  });

  for (const [sleep, wake] of [
    ['freeze', 'resume'],
    ['pagehide', 'pageshow'],
  ] as const) {
    test(`a tab that sleeps (${sleep}) gives its connection to another, and hears again when it wakes`, async () => {
      const [reader, other] = await openTabs(2);
      const of = sleep === 'freeze' ? reader!.document : reader!.page;
      of.dispatchEvent(new Event(sleep));
      await other!.until('open', 1);
      service.send('event: call\ndata: 1\n\n');
      await other!.until('call 1');
      assert.ok(!reader!.heard.includes('call 1'));
      of.dispatchEvent(new Event(wake));
      await reader!.until('open', 1);
      assert.deepEqual(reader!.heard, ['open', 'lost', 'open']);
      assert.equal(service.streams.size, 1);
    });
  }

  test('alone and asleep, a page has no connection at all', async () => {
    const tab = await openTab();
    tab.document.dispatchEvent(new Event('freeze'));
    await service.until(() => service.streams.size === 0);
    tab.document.dispatchEvent(new Event('resume'));
    await tab.until('open', 1);
  });

  test('a connection that breaks is lost to all, and back for all', async () => {
    await openTabs(3);
    for (const stream of service.streams) stream.destroy();
    await Promise.all(tabs.map((tab) => tab.until('open', 1)));
    for (const { heard } of tabs) assert.deepEqual(heard, ['open', 'lost', 'open']);
    assert.equal(service.streams.size, 1);
  });

  test('while the service is away each tab says so, and the first that reaches it reads for all', async () => {
    await openTabs(2);
    service.answer('GET /api/calls/events', (_request, response) => response.writeHead(503).end('{}'));
    for (const stream of service.streams) stream.destroy();
    await Promise.all(tabs.map((tab) => tab.until('lost')));
    await settle();
    service.streamAgain();
    tabs[1]!.retryNow();
    await Promise.all(tabs.map((tab) => tab.until('open', 1)));
    assert.equal(service.streams.size, 1);
  });

  test('a tab that hangs is not waited for', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const [, other] = await openTabs(3);
    t.mock.timers.tick(80_000);
    t.mock.timers.reset();
    await tabs[2]!.until('open', 1);
    await other!.until('open', 1);
    await service.until(() => service.streams.size === 1);
    service.send('event: call\ndata: 4\n\n');
    await Promise.all(tabs.map((tab) => tab.until('call 4')));
    for (const { heard } of tabs) assert.equal(heard.filter((what) => what === 'call 4').length, 1);
  });

  const lastEventIds = () => service.heard.map(({ lastEventId }) => lastEventId);

  test('whoever opens the stream again asks for what was said since, so that nobody has to read it', async () => {
    await openTabs(3);
    service.send('id: 7\nevent: call\ndata: 1\n\n');
    service.send('event: phone\ndata: null\n\n');
    await Promise.all(tabs.map((tab) => tab.until('phone null')));
    for (const stream of service.streams) stream.destroy();
    await Promise.all(tabs.map((tab) => tab.until('open', 2)));
    service.send('id: 9\nevent: call\ndata: 2\n\n');
    await Promise.all(tabs.map((tab) => tab.until('call 2')));
    assert.deepEqual(lastEventIds(), [undefined, '7']);
    assert.deepEqual(
      tabs.map((tab) => tab.missed),
      [1, 1, 1],
    );
  });

  test('a tab that slept through something has missed it, one that slept through nothing has not', async () => {
    const [reader, sleeper, napper] = await openTabs(3);
    service.send('id: 1\nevent: call\ndata: 1\n\n');
    await Promise.all(tabs.map((tab) => tab.until('call 1')));
    sleeper!.document.dispatchEvent(new Event('freeze'));
    service.send('id: 2\nevent: call\ndata: 2\n\n');
    await Promise.all([reader!, napper!].map((tab) => tab.until('call 2')));
    napper!.document.dispatchEvent(new Event('freeze'));
    for (const tab of [sleeper!, napper!]) {
      tab.document.dispatchEvent(new Event('resume'));
      await tab.until('open', 2);
    }
    assert.deepEqual([reader!.missed, sleeper!.missed, napper!.missed], [1, 2, 1]);
    assert.equal(service.streams.size, 1);
  });

  test('a tab that came later, to a greeting and no call, asks for what follows it when the first is gone', async () => {
    const first = await openTab();
    service.send('id: 4\nevent: phone\ndata: null\n\n');
    await first.until('phone null');
    service.send('id: 6\nevent: call\ndata: 1\n\n');
    await first.until('call 1');
    const second = await openTab();
    await second.until('phone null');
    first.close();
    await second.until('open', 1);
    // Not from 4, where the stream began: the log that it has read since was further.
    assert.deepEqual([lastEventIds(), second.missed], [[undefined, '6'], 1]);
  });

  test('a page that was alone and asleep asks for what it slept through', async () => {
    const tab = await openTab();
    service.send('id: 3\nevent: call\ndata: 1\n\n');
    await tab.until('call 1');
    tab.document.dispatchEvent(new Event('freeze'));
    await service.until(() => service.streams.size === 0);
    tab.document.dispatchEvent(new Event('resume'));
    await tab.until('open', 1);
    assert.deepEqual([lastEventIds(), tab.missed], [[undefined, '3'], 1]);
  });

  test('what was too much to be sent again is missed', async () => {
    const [first, second] = await openTabs(2);
    service.send('event: missed\ndata: null\n\n');
    service.send('event: phone\ndata: null\n\n');
    await Promise.all(tabs.map((tab) => tab.until('phone null')));
    assert.deepEqual([first!.missed, second!.missed], [2, 2]);
    assert.deepEqual(first!.heard, ['open', 'phone null']);
  });

  test('the next agent does not ask for what the last one missed', async () => {
    let sub = 'ola';
    const access = createServiceAccess({ service: service.url, getAuthToken: async () => tokenOf(sub) });
    const agents = { ...access, agentId: async () => sub };
    const said: string[] = [];
    const listener = {
      onMissed: () => said.push('missed'),
      onOpen: () => said.push('open'),
      onLost: () => said.push('lost'),
      onMessage: () => said.push('message'),
    };
    const following = followEvents(agents, listener, { sharedBy: undefined, page: undefined, document: undefined });
    await service.until(() => service.streams.size === 1);
    service.send('id: 3\nevent: call\ndata: 1\n\n');
    while (!said.includes('message')) await settle(5);
    sub = 'omar';
    for (const stream of service.streams) stream.destroy();
    await service.until(() => service.heard.length === 2 && service.streams.size === 1);
    while (said.length < 6) await settle(5);
    assert.deepEqual(said, ['missed', 'open', 'message', 'lost', 'missed', 'open']);
    assert.deepEqual(lastEventIds(), [undefined, undefined]);
    following.stop();
  });

  test('another agent, and whoever cannot share, has a connection of an own', async () => {
    await openTab('ola');
    await openTab('omar');
    assert.equal(service.streams.size, 2);
    await openTab('ola', 'nothing');
    assert.equal(service.streams.size, 3);
    const refused = { ...SHARED, locks: { request: () => Promise.reject(new DOMException('', 'SecurityError')) } };
    await openTab('mona', refused);
    assert.equal(service.streams.size, 4);
  });

  test('whoever has signed in meanwhile does not read for the agent of before', async () => {
    let sub = 'ola';
    let asked = 0;
    const access = createServiceAccess({ service: service.url, getAuthToken: async () => tokenOf(sub) });
    const { agentId } = access;
    access.agentId = async () => ((asked += 1) === 2 ? 'omar' : await agentId());
    const heard: string[] = [];
    const following = followEvents(
      access,
      { onMissed: () => {}, onOpen: () => heard.push('open'), onLost: () => heard.push('lost'), onMessage: () => {} },
      { sharedBy: SHARED, page: undefined, document: undefined },
    );
    sub = 'omar';
    await service.until(() => service.heard.length === 2 && service.streams.size === 1);
    await eventually(() => heard.length === 2, 'lost, and open again');
    assert.deepEqual(heard, ['lost', 'open']);
    following.stop();
  });

  test('a listener that throws costs its connection, which is not left open beside the next', async () => {
    const access = createServiceAccess({ service: service.url, getAuthToken: async () => tokenOf('ola') });
    const onMessage = () => {
      throw new Error('A fault of whoever listens.');
    };
    const listener = { onMissed: () => {}, onOpen: () => {}, onMessage };
    const [page, document] = [new EventTarget(), new EventTarget()];
    const following = followEvents(access, listener, { sharedBy: undefined, page, document });
    await service.until(() => service.streams.size === 1);
    const [before] = service.streams;
    service.send('event: call\ndata: 1\n\n');
    await service.until(() => [...service.streams].some((stream) => stream !== before));
    await settle();
    const isOpen = service.streams.has(before!);
    following.stop();
    assert.equal(isOpen, false);
  });
});
