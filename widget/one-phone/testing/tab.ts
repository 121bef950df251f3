import type { DialerSettings, Handset } from '../../core/dialer.ts';
import { IDLE, type DialerState } from '../../core/state.ts';
import { createCallKeeper } from '../../saved-call.ts';
import { createServiceClient } from '../../service-client.ts';
import { ServiceFeed } from '../../service-feed.ts';
import { memoryStorage } from '../../testing/memory-storage.ts';
import { stateIn } from '../../testing/state-in.ts';
import { FarPhone } from '../far-phone.ts';
import { OnePhone } from '../one-phone.ts';
import type { Locks } from '../holder-lock.ts';
import { RemoteHandset } from '../remote-handset.ts';

/** Names the phone in the phone's own window. */
export const WINDOW = '01931b4e-7c00-7000-8000-00000000000a';

/** Node answers at once, where browsers ask another process first. */
const LOCKS: Locks = {
  request: async (...args: unknown[]) => {
    await new Promise((resolve) => setImmediate(resolve));
    return (navigator.locks.request as (...args: unknown[]) => unknown).apply(navigator.locks, args);
  },
};

/** In this time all that was said between tabs has arrived. */
export const settle = (ms = 30) => new Promise((resolve) => setTimeout(resolve, ms));

/** For tests: a tab with the one thing that cannot be shared: a phone, noted when it is made and when it is given back. */
export class Tab {
  readonly page = new EventTarget();
  readonly session = memoryStorage();
  readonly asked: unknown[][] = [];
  readonly keeper = createCallKeeper('call', () => this.session);
  id = crypto.randomUUID();
  phones = 0;
  microphone = true;
  /** Its page hears and says nothing more: a dialog is open, for instance. */
  hangs = false;
  /** Its page is busy: what it would have heard, it hears when it is `on` again. */
  busy: (() => void)[] | undefined;
  /** The browser lets this page sound. */
  sounds = true;
  /** The ringtone is heard from this tab, for a phone in another. */
  ringing = false;
  local: RemoteHandset | undefined;
  phone: OnePhone | undefined;

  open(settings: DialerSettings, shared: Storage): this {
    const client = createServiceClient(settings);
    this.phone = new OnePhone(settings, {
      client,
      feed: new ServiceFeed(client),
      keeper: this.keeper,
      createLocal: (available) => this.#local(available),
      preload: () => {},
      locks: LOCKS,
      openChannel: (name) => this.#channel(name),
      page: this.page,
      document: this.page,
      storage: () => shared,
      pageId: this.id,
      loadFarPhone: async (host) =>
        new FarPhone(host, {
          mayUseMicrophone: () => Promise.resolve(this.microphone),
          askForMicrophone: async () => {
            this.asked.push(['microphone']);
            this.microphone = true;
          },
          loadRingHere: async (_lock, onRings) => ({
            follow: ({ ring }) => {
              const rings = ring === 'blocked' && this.sounds;
              if (rings !== this.ringing) onRings((this.ringing = rings));
            },
            close: () => (this.ringing = false),
          }),
        }),
    });
    return this;
  }

  #channel(name: string): BroadcastChannel {
    const channel = new BroadcastChannel(name);
    const add = channel.addEventListener.bind(channel);
    const post = channel.postMessage.bind(channel);
    return Object.assign(channel, {
      postMessage: (message: unknown) => {
        if (!this.hangs) post(message);
      },
      addEventListener: (type: string, listener: (event: MessageEvent) => void) =>
        add(type, (event) => {
          if (this.busy) this.busy.push(() => listener(event as MessageEvent));
          else if (!this.hangs) listener(event as MessageEvent);
        }),
    });
  }

  goOn(): void {
    const missed = this.busy ?? [];
    this.busy = undefined;
    for (const hear of missed) hear();
  }

  get state(): DialerState {
    return this.phone!.getState();
  }

  #local(available: boolean): Handset {
    this.phones += 1;
    this.asked.push(['made', available]);
    const local = new RemoteHandset((method, args) => {
      this.asked.push([method, ...args]);
      if (method === 'dial') local.become(stateIn('dialing'));
      if (method === 'mute') local.become(stateIn('open', { muted: Boolean(args[0]) }));
    });
    local.become({ ...IDLE, reach: 'ready' });
    this.local = local;
    return Object.assign(local, { close: () => (this.local = undefined) });
  }

  until(holds: (state: DialerState) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!holds(this.state)) return;
        stop();
        resolve();
      };
      const stop = this.phone!.subscribe(look);
      look();
    });
  }
}

/** Settings of an agent at a service. */
export function settingsOf(service: string, agent: string): DialerSettings {
  const token = ['{}', JSON.stringify({ sub: agent }), ''].map((part) => btoa(part)).join('.');
  return {
    service,
    defaultCountry: 'EG',
    receiveCalls: true,
    pauseForWrapUp: false,
    phoneWindow: false,
    getAuthToken: async () => token,
  };
}
