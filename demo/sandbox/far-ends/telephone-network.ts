import type { LegEnd } from '../switch/leg.ts';
import type { Party } from '../switch/party.ts';
import { wait } from '../switch/waiting.ts';
import type { FarEnd } from './far-end.ts';
import { FAR_ENDS, USUAL_FAR_END } from './far-ends.ts';
import { Telephone } from './telephone.ts';

export interface TelephoneEvents {
  rings(): void;
  answered(party: Party): void;
  refused(end: LegEnd): void;
}

const REFUSALS = {
  busy: { status: 'busy', sipResponseCode: 486 },
  declines: { status: 'busy', sipResponseCode: 603 },
  'not-in-service': { status: 'failed', sipResponseCode: 404 },
} as const satisfies Partial<Record<FarEnd['outcome'], LegEnd>>;

/** How long the network takes to find out about a phone that does not ring. */
const LOOKUP_MS = 300;

/** All telephones of the world: the last two digits of a number say who has it. */
export class TelephoneNetwork {
  readonly #farEnds: ReadonlyMap<string, FarEnd>;
  readonly #onError: (error: unknown) => void;

  /** `extra` adds far ends, or replaces them, by the last two digits; `onError` hears of one that failed. */
  constructor(extra: Readonly<Record<string, FarEnd>>, onError: (error: unknown) => void) {
    this.#onError = onError;
    this.#farEnds = new Map(Object.entries({ ...FAR_ENDS, ...extra }));
  }

  farEndOf(number: string): FarEnd {
    return this.#farEnds.get(number.replace(/\D/g, '').slice(-2)) ?? USUAL_FAR_END;
  }

  hasFarEnd(digits: string): boolean {
    return this.#farEnds.has(digits);
  }

  /** A phone that calls somebody, and talks when it is answered. */
  caller(farEnd: FarEnd): Party {
    const telephone = new Telephone();
    telephone.converse(farEnd, 'when-answered', this.#onError);
    return telephone.party;
  }

  /** Rings a number; the function that comes back stops it. */
  ring(number: string, events: TelephoneEvents): () => void {
    const farEnd = this.farEndOf(number);
    const stopped = new AbortController();
    void this.#ring(farEnd, events, stopped.signal);
    return () => stopped.abort();
  }

  async #ring(farEnd: FarEnd, events: TelephoneEvents, signal: AbortSignal): Promise<void> {
    await wait(farEnd.ringsMs === undefined ? LOOKUP_MS : 0, signal);
    if (signal.aborted) return;
    if (farEnd.ringsMs !== undefined) events.rings();
    if (farEnd.outcome === 'never-answers') return;
    await wait(farEnd.ringsMs ?? 0, signal);
    if (signal.aborted) return;
    if (farEnd.outcome !== 'answers') return events.refused(REFUSALS[farEnd.outcome]);
    const telephone = new Telephone();
    events.answered(telephone.party);
    telephone.converse(farEnd, 'now', this.#onError);
  }
}
