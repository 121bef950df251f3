import type { CallRecord } from '../service/contract.ts';
import type { AgentTools, KeptWrapUp, WrapUp } from './core/dialer.ts';
import type { ServiceClient } from './service-client.ts';
import type { ServiceFeed } from './service-feed.ts';

export interface KeptWrapUpParts {
  client: Pick<ServiceClient, 'getCall'>;
  feed: Pick<ServiceFeed, 'listen'>;
  /** What waits on this computer for the service: it is what the service will have. */
  waiting: (callId: string) => WrapUp | undefined;
}

/** What is kept of a call, whichever tab or page wrote it: as the service says, with what is on its way there. */
export function createWrapUpWatch({ client, feed, waiting }: KeptWrapUpParts): AgentTools['watchWrapUp'] {
  return (callId, listener) => {
    let closed = false;
    let heard = 0;

    function tell(record: CallRecord | undefined): void {
      const onItsWay = waiting(callId);
      if (closed || (!record && !onItsWay)) return;
      const { note, disposition = null, callBack } = { ...record };
      const callBackAt = callBack?.doneAt === null ? callBack.at : null;
      // What is kept as JSON has no field that is undefined.
      listener({ note: note ?? '', disposition, callBackAt, ...onItsWay } as KeptWrapUp);
    }

    async function read(): Promise<void> {
      const before = heard;
      // Where the service cannot be asked, its next event says it.
      const record = await client.getCall(callId).catch(() => undefined);
      // An event is newer than what was asked for before it.
      if (heard === before) tell(record);
    }

    const stop = feed.listen({
      onCall: (record) => {
        if (record.callId !== callId) return;
        heard += 1;
        tell(record);
      },
      onBack: () => void read(),
    });
    void read();
    return Promise.resolve(() => {
      closed = true;
      stop();
    });
  };
}
