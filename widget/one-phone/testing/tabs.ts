import { afterEach, beforeEach } from 'node:test';
import type { DialerSettings } from '../../core/dialer.ts';
import { memoryStorage } from '../../testing/memory-storage.ts';
import { StubService } from '../../testing/stub-service.ts';
import { settingsOf, Tab } from './tab.ts';

let agents = 0;

/** For tests: the tabs of one agent, who is another in each test, at one service; closed after it. */
export class Tabs {
  service!: StubService;
  /** Of this browser. */
  shared!: Storage;
  all: Tab[] = [];
  agent = '';

  async begin(): Promise<void> {
    this.service = await new StubService().start();
    this.service.on('PUT /api/calls/phone', 200, {});
    this.service.on('POST /api/calls/phone/commands', 202, {});
    this.shared = memoryStorage();
    this.all = [];
    agents += 1;
    this.agent = `agent${agents}`;
  }

  async end(): Promise<void> {
    for (const { phone } of this.all) phone?.close();
    await this.service.stop();
  }

  settings(agent = this.agent): DialerSettings {
    return settingsOf(this.service.url, agent);
  }

  add(settings = this.settings(), shared = this.shared): Tab {
    const tab = new Tab().open(settings, shared);
    this.all.push(tab);
    return tab;
  }

  /** One that knows by now where the phone is. */
  async open(settings = this.settings(), shared = this.shared): Promise<Tab> {
    const tab = this.add(settings, shared);
    await tab.until((state) => state.reach === 'ready' || state.place !== 'here');
    return tab;
  }

  /** How many have a phone: one, but for the time that it takes to change hands. */
  get phones(): number {
    return this.all.filter((tab) => tab.local).length;
  }
}

/** To be called in a `describe`. */
export function useTabs(): Tabs {
  const tabs = new Tabs();
  beforeEach(() => tabs.begin());
  afterEach(() => tabs.end());
  return tabs;
}
