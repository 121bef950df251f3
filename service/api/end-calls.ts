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
        // Taken up again from there until the call is over, and by no page to be taken back.
        return deadlines.set('end-ordered', { key: callId, detail: agentId, attempts: 0 }, clock());
      }),
    ),
  );
  return calls.length;
}
