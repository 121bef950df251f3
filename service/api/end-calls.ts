import { identityOf } from '../calls/identity.ts';
import type { OpenCall } from '../calls/dial-gate.ts';
import type { CallControl, Clock, Deadlines } from '../calls/ports.ts';

export interface EndCallsOptions {
  control: CallControl;
  deadlines: Deadlines;
  clock: Clock;
}

/** Asks the carrier to end these calls, and says how many they are. */
export async function endCalls(
  calls: readonly OpenCall[],
  { control, deadlines, clock }: EndCallsOptions,
): Promise<number> {
  await Promise.all(
    calls.map(({ callId, callSid, agentId }) =>
      control.end(callSid).catch(() => {
        // Taken up again from there, for as long as the carrier cannot be reached.
        const due = { key: `${callId} ${identityOf(agentId)}`, detail: agentId, attempts: 0 };
        return deadlines.set('end-call', due, clock());
      }),
    ),
  );
  return calls.length;
}
