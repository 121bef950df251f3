import type { RungAgent } from './incoming-course.ts';

/** What has been tried for a customer who calls: nothing yet, the agents, the number calls are forwarded to, a message. */
export const INBOUND_STAGES = ['arrival', 'agents', 'number', 'voicemail'] as const;
export type InboundStage = (typeof INBOUND_STAGES)[number];

export type InboundStep =
  | { do: 'ring-agents'; agents: readonly RungAgent[] }
  /** `first`: nothing rang before it. */
  | { do: 'ring-number'; number: string; first: boolean }
  | { do: 'take-message' }
  | { do: 'thank' }
  | { do: 'apologise' }
  | { do: 'hang-up' };

export interface InboundSituation {
  after: InboundStage;
  /** Whether there was a conversation, or the customer has hung up: then nothing more is tried. */
  over: boolean;
  /** Whose phones can ring now. */
  agents: readonly RungAgent[];
  /** E.164. */
  fallbackNumber: string | undefined;
  voicemail: boolean;
}

/** What happens to a customer's call next: the agents, else the fallback number, else a message, else an apology. */
export function nextInboundStep({ after, over, agents, fallbackNumber, voicemail }: InboundSituation): InboundStep {
  if (over) return { do: 'hang-up' };
  if (after === 'voicemail') return { do: 'thank' };
  if (after === 'arrival' && agents.length > 0) return { do: 'ring-agents', agents };
  if (after !== 'number' && fallbackNumber !== undefined) {
    return { do: 'ring-number', number: fallbackNumber, first: after === 'arrival' };
  }
  return voicemail ? { do: 'take-message' } : { do: 'apologise' };
}
