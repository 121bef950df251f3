import type { CallRecord } from '../service/contract.ts';
import { NO_VERDICT, type DialerEvent, type Verdict } from './core/events.ts';
import { isLive, type Call, type DialerState } from './core/state.ts';
import { problemOfRefusal } from './service-access.ts';
import type { ServiceClient } from './service-client.ts';
import type { ServiceFeed } from './service-feed.ts';

/** How often, and how far apart, the service is asked how a call ended when its stream does not say. */
const OUTCOME_ASKED = 3;
const OUTCOME_ASKED_MS = 1000;

/** How long after its end the service may still say more of a call. */
const AFTERWARDS_MS = 3000;

export interface CarrierNewsParts {
  client: Pick<ServiceClient, 'getCall' | 'agentId'>;
  feed: Pick<ServiceFeed, 'listen'>;
  getState: () => DialerState;
  tell: (event: DialerEvent) => void;
  /** The carrier knows of this call. */
  onHeard: (callId: string) => void;
  /** Listens between calls too, since customers may call. */
  always: boolean;
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** What the service says of the calls in progress, as events of the dialer; listens while there is something to hear. */
export class CarrierNews {
  readonly #parts: CarrierNewsParts;
  #stop: (() => void) | undefined;
  #afterwards: ReturnType<typeof setTimeout> | undefined;
  /** What is to be said of a call of which the service says no more. */
  #otherwise: { readonly callId?: string; readonly verdict?: Verdict } = {};
  #agentId = '';

  constructor(parts: CarrierNewsParts) {
    this.#parts = parts;
    if (parts.always) this.#listen();
  }

  /** To be told of every change of the state. */
  heed(state: DialerState): void {
    if (this.#parts.always) return;
    clearTimeout(this.#afterwards);
    if (isLive(state)) this.#listen();
    else this.#afterwards = setTimeout(() => this.close(), AFTERWARDS_MS);
  }

  /** The stream says it as a rule; this is for when it does not. */
  async fetchOutcome(callId: string, otherwise: Verdict): Promise<void> {
    const { getState, tell } = this.#parts;
    this.#otherwise = { callId, verdict: otherwise };
    for (let asked = 0; asked < OUTCOME_ASKED; asked += 1) {
      const pause = after(OUTCOME_ASKED_MS);
      const record = await Promise.race([this.#lookUp(callId), pause.then(() => null)]);
      if (record === undefined || getState().phase !== 'ending') break;
      await pause;
    }
    tell({ type: 'outcome-known', callId, at: Date.now(), outcome: null, otherwise });
  }

  /** Asks what has become of the call in progress. */
  look(): void {
    const { call } = this.#parts.getState();
    if (call) void this.#lookUp(call.callId);
  }

  close(): void {
    clearTimeout(this.#afterwards);
    this.#stop?.();
    this.#stop = undefined;
  }

  #listen(): void {
    if (this.#stop) return;
    this.#stop = this.#parts.feed.listen({
      onCall: (record) => this.#onCall(record),
      onBack: () => this.look(),
      // Keeps the token fresh: a page that is left can say so only with one that it has.
      onLife: () => this.#learnAgent(),
    });
    this.#learnAgent();
  }

  #learnAgent(): void {
    this.#parts.client.agentId().then(
      (id) => (this.#agentId = id),
      () => {},
    );
  }

  /** Takes in what the service knows of a call now; undefined when it knows of no such call. */
  async #lookUp(callId: string): Promise<CallRecord | null | undefined> {
    const record = await this.#parts.client.getCall(callId).catch(() => null);
    if (record) this.#onCall(record);
    return record;
  }

  #onCall(record: CallRecord): void {
    const { call, waiting, missed } = this.#parts.getState();
    const known = [call, waiting, ...missed].find((each) => each?.callId === record.callId);
    if (!known) return;
    this.#parts.onHeard(record.callId);
    if (known.direction === 'incoming' && known.openedAt === null) this.#onRinging(record, known);
    else this.#onOwn(record);
  }

  /** A call that rings, here and perhaps on other agents' phones. */
  #onRinging({ callId, status, outcome, agent }: CallRecord, call: Call): void {
    const { tell } = this.#parts;
    const elsewhere = status === 'open' && !call.accepting;
    if (elsewhere || (outcome === 'answered' && agent.id !== this.#agentId)) tell({ type: 'call-taken', callId });
    else if (status === 'ended') {
      tell({ type: 'outcome-known', callId, at: Date.now(), outcome, otherwise: NO_VERDICT });
    }
  }

  #onOwn({ callId, status, outcome, refusal, recordings, recordingPaused }: CallRecord): void {
    const { tell } = this.#parts;
    const at = Date.now();
    if (status === 'ringing') tell({ type: 'call-rang', callId, at });
    if (status === 'open') {
      tell({ type: 'call-opened', callId, at });
      const recording = !recordingPaused && recordings.some((each) => each.status === 'processing');
      tell({ type: 'recording-changed', callId, recording, recordingPaused: Boolean(recordingPaused) });
    }
    if (status !== 'ended') return;
    const known = this.#otherwise.callId === callId ? this.#otherwise.verdict : undefined;
    const otherwise = refusal ? { outcome, problem: problemOfRefusal(refusal) } : (known ?? NO_VERDICT);
    tell({ type: 'outcome-known', callId, at, outcome, otherwise });
  }
}
