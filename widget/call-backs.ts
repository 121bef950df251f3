import type { CallRecord } from '../service/contract.ts';
import type { CallBack, CallBacks } from './core/dialer.ts';
import type { ServiceClient } from './service-client.ts';
import type { ServiceFeed } from './service-feed.ts';

/** The service's largest page: who has more to call back sees those that are due first. */
const MOST = 100;

export interface CallBacksParts {
  client: Pick<ServiceClient, 'agentId' | 'calls' | 'changeCall'>;
  feed: Pick<ServiceFeed, 'listen'>;
}

function callBackOf({ callId, customer, unrecorded, note, callBack }: CallRecord): CallBack {
  const { number, name } = customer;
  return { callId, number, name, record: !unrecorded, note, dueAt: Date.parse(callBack!.at) };
}

/** The agent's call-backs, asked of the service anew whenever an event says that they may be others. */
export function createCallBacks({ client, feed }: CallBacksParts): CallBacks {
  const listeners = new Set<() => void>();
  /** Calls that were in the list: of one that is not to be called any more, the event has nothing to say. */
  let listed = new Set<string>();
  let asking: Promise<readonly CallBack[]> | undefined;
  let stop: (() => void) | undefined;

  async function ask(): Promise<readonly CallBack[]> {
    // Supervisors read everybody's log, but call their own customers.
    const agent = encodeURIComponent(await client.agentId());
    const { calls } = await client.calls(`callBacks=open&limit=${MOST}${agent && `&agent=${agent}`}`);
    listed = new Set(calls.map(({ callId }) => callId));
    return calls.map(callBackOf);
  }

  function tell(): void {
    // What is on its way is of before.
    asking = undefined;
    for (const listener of listeners) listener();
  }

  return {
    /** Asked by several at a time, the service is asked once. */
    list() {
      const asked = (asking ??= ask());
      const over = () => {
        if (asking === asked) asking = undefined;
      };
      asked.then(over, over);
      return asked;
    },
    async setDone(callId, callBackDone) {
      await client.changeCall(callId, { callBackDone });
      tell();
    },
    async setTime(callId, callBackAt) {
      await client.changeCall(callId, { callBackAt });
      tell();
    },
    watch(listener) {
      listeners.add(listener);
      stop ??= feed.listen({
        onCall: ({ callId, callBack }) => {
          if (callBack || listed.has(callId)) tell();
        },
        onBack: tell,
      });
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        stop?.();
        stop = undefined;
      };
    },
  };
}
