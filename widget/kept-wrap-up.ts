import type { CallRecord } from '../service/contract.ts';
import type { AgentTools, KeptWrapUp } from './core/dialer.ts';
import type { ServiceClient } from './service-client.ts';
import type { ServiceFeed } from './service-feed.ts';
import type { WrapUpOutbox } from './wrap-up-outbox.ts';

export interface KeptWrapUpParts {
  client: Pick<ServiceClient, 'getCall'>;
  feed: Pick<ServiceFeed, 'listen'>;
  /** What waits on this computer for the service is what the service will have. */
  outbox: Pick<WrapUpOutbox, 'waiting' | 'watch'>;
}

/** What is kept of a call, whichever tab or page wrote it: as the service says, with what is on its way there. */
export function createWrapUpWatch({ client, feed, outbox }: KeptWrapUpParts): AgentTools['watchWrapUp'] {
  return (callId, listener) => {
    let closed = false;
    let heard = 0;
    let record: CallRecord | undefined;

    function tell(): void {
      const onItsWay = outbox.waiting(callId);
      if (closed || (!record && !onItsWay)) return;
      const { note, disposition = null, callBack } = { ...record };
      const callBackAt = callBack?.doneAt === null ? callBack.at : null;
      // What is kept as JSON has no field that is undefined.
      listener({ note: note ?? '', disposition, callBackAt, ...onItsWay } as KeptWrapUp);
    }

    async function read(): Promise<void> {
      const before = heard;
      // Where the service cannot be asked, its next event says it.
      const asked = await client.getCall(callId).catch(() => undefined);
      // An event is newer than what was asked for before it.
      if (heard !== before) return;
      record = asked ?? record;
      tell();
    }

    const stop = feed.listen({
      onCall: (call) => {
        if (call.callId !== callId) return;
        heard += 1;
        record = call;
        tell();
      },
      onBack: () => void read(),
    });
    const unwatch = outbox.watch(tell);
    void read();
    return Promise.resolve(() => {
      closed = true;
      stop();
      unwatch();
    });
  };
}
