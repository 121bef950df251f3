import { setTimeout as delay } from 'node:timers/promises';
import type { Transaction } from 'kysely';
import type { Admission, Admitted, CountedCall } from '../calls/dial-gate.ts';
import type { Clock, Feed } from '../calls/ports.ts';
import { publishChange, type Projected } from './call-projection.ts';
import { noteCountries } from './called-countries.ts';
import type { WriteCrmEvents } from './crm-outbox.ts';
import {
  createDecisions,
  longestOpenMs,
  type Asked,
  type AskedByAgent,
  type AskedByCarrier,
  type Decided,
  type DecisionOptions,
} from './decided-calls.ts';
import { isAgentBusy, readStanding } from './dial-counts.ts';
import { lockLog } from './log-revision.ts';
import { openCalls } from './opened-calls.ts';
import { forgetPlaced, loggedCalls, notePrice, placedCalls, writePlaced } from './placed-calls.ts';
import type { Database } from './schema.ts';
import type { Store } from './store.ts';
import { together } from './together.ts';

/** How long it is waited for the end of the call before: who hangs up and calls again is faster than the carrier. */
const END_IS_NEAR_MS = 1500;
const LOOK_AGAIN_MS = 50;
const FORGET_EVERY_MS = 600_000;

export interface AdmissionOptions extends DecisionOptions {
  clock: Clock;
  /** Absent: the CRM is told nothing. */
  writeCrmEvents?: WriteCrmEvents | undefined;
}

interface Outcome {
  decided: Decided;
  /** Of a call that has just been opened: what is told of it. */
  told?: Projected | undefined;
  newCountry?: string | undefined;
}

/** The call as it is counted; of one that the carrier asks for, what has been kept is. */
function countedCall(asked: Asked): CountedCall | undefined {
  if ('forwarded' in asked) return asked.forwarded;
  return 'call' in asked ? asked.call : undefined;
}

const callIdOf = (asked: Asked) => ('question' in asked ? asked.question.callId : countedCall(asked)!.callId);

/**
 * Counts and decides under the log's lock, and so one transaction after the other: those that wait at this node are
 * decided together, each counting those before it.
 */
export function createAdmission({ db, write }: Store, feed: Feed, options: AdmissionOptions): Admission {
  const { limits, longestCallSeconds, clock, writeCrmEvents } = options;
  const counting = {
    countsMoney: limits.agentSpendPerDay !== undefined || limits.spendPerDay !== undefined,
    longestOpenMs: longestOpenMs(longestCallSeconds),
  };
  /** Countries that are known to have been called: they stay so. */
  const countries = new Set<string>();
  /** When this node last forgot what counts no more. */
  let forgotAt = 0;

  async function decideAll(trx: Transaction<Database>, batch: readonly Asked[]): Promise<Outcome[]> {
    await lockLog(trx);
    const now = clock();
    const placed = await placedCalls(trx, batch.map(callIdOf));
    const agents = new Set<string>();
    const numbers = new Set<string>();
    for (const asked of batch) {
      const row = placed.get(callIdOf(asked));
      const agentId = row?.agent_id ?? countedCall(asked)?.agentId;
      const number = row?.number ?? countedCall(asked)?.number;
      if (agentId !== undefined) agents.add(agentId);
      if (number !== undefined) numbers.add(number);
    }
    if (agents.size === 0) return batch.map(() => ({ decided: { is: 'absent' } }));

    const unplaced = batch.filter((asked) => 'call' in asked && !placed.has(asked.call.callId));
    const logged = await loggedCalls(trx, unplaced.map(callIdOf));
    const standing = await readStanding(trx, agents, numbers, now, counting);
    const decisions = createDecisions({ placed, logged, ...standing, now }, options);
    const outcomes = batch.map((asked): Outcome => ({ decided: decisions.decide(asked) }));
    if (now.getTime() - forgotAt > FORGET_EVERY_MS) {
      forgotAt = now.getTime();
      await forgetPlaced(trx, now);
    }
    await writePlaced(trx, decisions.written());
    await begin(trx, batch, outcomes, now);
    return outcomes;
  }

  /** Opens the rows of those that are put through. */
  async function begin(trx: Transaction<Database>, batch: readonly Asked[], outcomes: Outcome[], now: Date) {
    const begun = outcomes.flatMap((outcome, index) => {
      const asked = batch[index]!;
      if (outcome.decided.is !== 'put-through' || !outcome.decided.newly || !('question' in asked)) return [];
      return [{ outcome, callSid: asked.question.callSid, ...outcome.decided.newly }];
    });
    const calls = begun.map(({ call }) => call);
    const added = await noteCountries(trx, calls, countries, now.toISOString());
    const told = await openCalls(trx, begun, writeCrmEvents);
    for (const [index, { outcome, call }] of begun.entries()) {
      outcome.told = told[index];
      outcome.newCountry = added.find(({ first_call_id }) => first_call_id === call.callId)?.country;
    }
  }

  function committed(outcomes: readonly Outcome[]): void {
    for (const { told, decided } of outcomes) {
      if (told) publishChange(feed, told);
      if (decided.is === 'put-through' && decided.newly?.call.country) countries.add(decided.newly.call.country);
    }
  }

  const ask = together<Asked, Outcome>(write, decideAll, { onCommitted: committed });

  async function becomesFree(callId: string, agentId: string, deadline: number): Promise<void> {
    const own = { callId, agentId };
    do {
      await delay(LOOK_AGAIN_MS);
    } while (
      performance.now() < deadline &&
      (await isAgentBusy(db, own, limits.agentAtOnce, clock(), counting.longestOpenMs))
    );
  }

  /** Waits for the intent of a question, which another node may take in too: looking costs less than writing. */
  async function arrives(callId: string, deadline: number): Promise<boolean> {
    while (performance.now() < deadline) {
      await delay(LOOK_AGAIN_MS);
      if ((await placedCalls(db, [callId])).size > 0) return true;
    }
    return false;
  }

  /** Decided at once, unless what stands against it is only the agent's own call, whose end may be near. */
  async function askPatiently(asked: Omit<AskedByAgent, 'patient'> | Omit<AskedByCarrier, 'patient'>, until: number) {
    const deadline = Math.min(until, performance.now() + END_IS_NEAR_MS);
    const outcome = await ask({ ...asked, patient: true });
    if (outcome.decided.is !== 'busy') return outcome;
    const callId = 'question' in asked ? asked.question.callId : asked.call.callId;
    await becomesFree(callId, outcome.decided.agentId, deadline);
    return ask({ ...asked, patient: false });
  }

  return {
    async reserve(call, intent) {
      const { decided } = await askPatiently({ call, intent }, Infinity);
      if (decided.is === 'refused') return { refusal: decided.refusal };
      if (decided.is === 'taken') return undefined;
      return { kept: decided.is === 'reserved' ? decided.kept : intent };
    },

    async putThrough(question, judge, deadline): Promise<Admitted | undefined> {
      const { callId } = question;
      let outcome = await askPatiently({ question, judge }, deadline);
      while (outcome.decided.is === 'absent') {
        if (!(await arrives(callId, deadline))) return undefined;
        outcome = await askPatiently({ question, judge }, deadline);
      }
      const { decided, newCountry } = outcome;
      if (decided.is === 'refused') return { callId, refusal: decided.refusal, intent: decided.intent! };
      if (decided.is !== 'put-through') return undefined;
      const { intent, limitSeconds } = decided;
      return { callId, intent, limitSeconds, newCountry };
    },

    async forward(call) {
      const { decided } = await ask({ forwarded: call });
      if (decided.is === 'refused') return { refusal: decided.refusal };
      return { limitSeconds: decided.is === 'forwarded' ? decided.limitSeconds : longestCallSeconds };
    },

    async priced(callId, price) {
      await write(async (trx) => {
        await lockLog(trx);
        await notePrice(trx, callId, price);
      });
    },
  };
}
