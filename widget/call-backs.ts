import type { CallPage, CallRecord } from '../service/contract.ts';
import type { CallBack, CallBackList, CallBacks } from './core/dialer.ts';
import type { ServiceClient } from './service-client.ts';
import type { ServiceFeed } from './service-feed.ts';

/** The service's largest page. */
const PAGE = 100;

export interface CallBacksParts {
  client: Pick<ServiceClient, 'calls' | 'changeCall'>;
  feed: Pick<ServiceFeed, 'listen'>;
}

function callBackOf({ callId, customer, unrecorded, note, callBack }: CallRecord): CallBack {
  const { number, name } = customer;
  return { callId, number, name, record: !unrecorded, note, dueAt: Date.parse(callBack!.at) };
}

/** The agent's call-backs, asked of the service anew whenever an event says that they may be others. */
export function createCallBacks({ client, feed }: CallBacksParts): CallBacks {
  const listeners = new Set<() => void>();
  /** Calls that were in a list: of one that is not to be called any more, the event has nothing to say. */
  const listed = new Set<string>();
  /** There are others besides: any call may be one of them. */
  let others = false;
  /** By how many are asked for. */
  let asking = new Map<number, Promise<CallBackList>>();
  let stop: (() => void) | undefined;

  async function ask(count: number): Promise<CallBackList> {
    // One that is put off while pages are read is where it was put to.
    const calls = new Map<string, CallBack>();
    let cursor: string | null = '';
    let said: CallPage['callBacks'];
    do {
      const query = `callBacks=open&log=own&limit=${PAGE}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;
      const page: CallPage = await client.calls(query);
      for (const call of page.calls) {
        calls.delete(call.callId);
        calls.set(call.callId, callBackOf(call));
        listed.add(call.callId);
      }
      said ??= page.callBacks;
      cursor = page.nextCursor;
    } while (cursor !== null && calls.size < count);
    others = cursor !== null;
    const total = others ? Math.max(said?.open ?? 0, calls.size + 1) : calls.size;
    return { calls: [...calls.values()], total, due: said?.due ?? 0 };
  }

  function tell(): void {
    // What is on its way is of before.
    asking = new Map();
    for (const listener of listeners) listener();
  }

  return {
    /** Asked by several at a time, the service is asked once. */
    list(count = PAGE) {
      const known = asking.get(count);
      if (known) return known;
      const asked = ask(count);
      const over = () => {
        if (asking.get(count) === asked) asking.delete(count);
      };
      asking.set(count, asked);
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
          if (callBack || others || listed.has(callId)) tell();
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
