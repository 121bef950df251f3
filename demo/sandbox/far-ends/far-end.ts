import { setTimeout as delay } from 'node:timers/promises';
import type { AttemptFailure, PlaceAttempt } from '../switch/party.ts';
import { Telephone } from './telephone.ts';

/** Who is at a dialled number. */
export interface FarEnd {
  /** One line for people, in the announcement of the sandbox. */
  about: string;
  /** Milliseconds of ringing before the end below; undefined rings for ever. */
  ringFor: number | undefined;
  /** Never rings at all: the network refuses at once. */
  unreachable?: boolean;
  /** Instead of answering. */
  refusal?: AttemptFailure;
  /** What happens after the answer; when it is over the person goes on listening. */
  talk?: (telephone: Telephone) => Promise<void> | void;
}

/** Carriers take a moment before the far end rings. */
const SETUP_MS = 150;

/** Rings a far end as its character wants it. */
export function callFarEnd(farEnd: FarEnd, onError: (error: unknown) => void): PlaceAttempt {
  return (events) => {
    const canceled = new AbortController();
    const { signal } = canceled;
    void (async () => {
      await delay(SETUP_MS, undefined, { signal });
      if (!farEnd.unreachable) events.ringing();
      if (farEnd.ringFor === undefined) return;
      await delay(farEnd.ringFor, undefined, { signal });
      if (farEnd.refusal) return events.failed(farEnd.refusal);
      const telephone = new Telephone();
      events.answered(telephone);
      await farEnd.talk?.(telephone);
    })().catch((error: unknown) => {
      if (!signal.aborted) onError(error);
    });
    return { cancel: () => canceled.abort() };
  };
}
