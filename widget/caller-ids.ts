import type { CallerIds, DialerSettings } from './core/dialer.ts';
import { KeptForAgent, keyOf } from './one-phone/kept-for-agent.ts';
import type { ServiceClient } from './service-client.ts';

/** Of all elements in this tab: the browser tells only the others of what is kept. */
const listeners = new Set<() => void>();

/** What the agent may show to customers, as the service says; what is chosen is kept for this agent in this browser. */
export async function loadCallerIds(
  client: Pick<ServiceClient, 'agentId' | 'settings'>,
  settings: Pick<DialerSettings, 'phoneWindow' | 'service'>,
): Promise<CallerIds> {
  const [{ callerIds: numbers }, agent] = await Promise.all([client.settings(), client.agentId()]);
  const kept = new KeptForAgent(keyOf(settings, agent), () => localStorage);
  return {
    numbers,
    chosen: () => kept.get('caller-id') ?? null,
    choose(number) {
      kept.set('caller-id', number ?? undefined);
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      // Without a key, all was cleared.
      const onStorage = ({ key }: StorageEvent) => (key === kept.keyOf('caller-id') || key === null) && listener();
      listeners.add(listener);
      globalThis.addEventListener('storage', onStorage);
      return () => {
        listeners.delete(listener);
        globalThis.removeEventListener('storage', onStorage);
      };
    },
  };
}
