import type { DialGate } from '../calls/dial-gate.ts';
import type { Metrics } from '../calls/metrics.ts';

/** The same gate; calls that it stops when the carrier asks are counted. */
export function countingGate(gate: DialGate, metrics: Metrics): DialGate {
  return {
    ...gate,
    async putThrough(question) {
      const answer = await gate.putThrough(question);
      if (answer?.refusal) metrics.dialRefused(answer.refusal.code, 'carrier');
      return answer;
    },
    async forward(callId, number) {
      const answer = await gate.forward(callId, number);
      if (answer.refusal) metrics.dialRefused(answer.refusal.code, 'forwarding');
      return answer;
    },
  };
}
