import type { CallRecord } from '../service/contract.ts';
import type { AgentTools, KeptWrapUp, WrapUp } from './core/dialer.ts';
import type { ServiceClient } from './service-client.ts';
import type { ServiceFeed } from './service-feed.ts';
import type { WrapUpOutbox } from './wrap-up-outbox.ts';

export interface KeptWrapUpParts {
  client: Pick<ServiceClient, 'getCall'>;
  feed: Pick<ServiceFeed, 'listen'>;
  /** What waits on this computer for the service is what the service will have. */
  outbox: Pick<WrapUpOutbox, 'waiting' | 'watch' | 'refused' | 'forget'>;
}

/** What is kept of a call, whichever tab or page wrote it: as the service says, with what is on its way there. */
export function createWrapUpWatch({ client, feed, outbox }: KeptWrapUpParts): AgentTools['watchWrapUp'] {
  return (callId, listener) => {
    let closed = false;
    let heard = 0;
    let record: CallRecord | undefined;
    let waited = outbox.waiting(callId);
    /** What has arrived, until the service says so itself. */
    let arrived: WrapUp | undefined;

    function tell(): void {
      const onItsWay = outbox.waiting(callId) ?? arrived;
      const refused = outbox.refused(callId);
      if (closed || (!record && !onItsWay && !refused)) return;
      const { note, disposition = null, callBack } = { ...record };
      const callBackAt = callBack?.doneAt === null ? callBack.at : null;
      // What is kept as JSON has no field that is undefined.
      listener({ note: note ?? '', disposition, callBackAt, ...onItsWay } as KeptWrapUp, refused);
      if (refused) outbox.forget(callId);
    }

    function moved(refusedCallId?: string): void {
      const before = waited;
      waited = outbox.waiting(callId);
      const isRefused = refusedCallId === callId || outbox.refused(callId) !== undefined;
      if (waited || isRefused) arrived = undefined;
      else if (before) {
        arrived = before;
        heard += 1;
        void read();
      }
      tell();
    }

    async function read(): Promise<void> {
      const before = heard;
      // Where the service cannot be asked, its next event says it.
      const asked = await client.getCall(callId).catch(() => undefined);
      // An event is newer than what was asked for before it.
      if (heard !== before) return;
      record = asked ?? record;
      arrived = undefined;
      tell();
    }

    const stop = feed.listen({
      onCall: (call) => {
        if (call.callId !== callId) return;
        heard += 1;
        record = call;
        arrived = undefined;
        tell();
      },
      onBack: () => void read(),
    });
    const unwatch = outbox.watch(moved);
    void read();
    return Promise.resolve(() => {
      closed = true;
      stop();
      unwatch();
    });
  };
}
