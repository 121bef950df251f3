import { isTerminal } from '../calls/call-event.ts';
import type { Admission } from '../calls/dial-gate.ts';
import { parsePrice, type Amount } from '../calls/money.ts';
import type { CallLog, Clock, Deadlines, Due } from '../calls/ports.ts';
import type { CallRecord } from '../contract.ts';
import type { Logger } from '../logger.ts';
import type { RestClient } from './rest-client.ts';
import type { RestCall } from './rest-facts.ts';
import { legsOf } from './rest-legs.ts';

/** After the end: the carrier has the price some minutes later (Twilio: Call resource). Then the estimate stays. */
const ASKED_AFTER_MS = [300_000, 900_000, 3_600_000, 21_600_000];
const EACH_ROUND = 20;
const CLAIMED_FOR_MS = 60_000;

export interface CallPricesOptions {
  log: CallLog;
  deadlines: Deadlines;
  rest: RestClient;
  admission: Pick<Admission, 'priced'>;
  clock: Clock;
  logger: Logger;
}

export interface CallPrices {
  /** A call has ended: what it cost is asked for when the carrier may know. Repeated calls do nothing more. */
  expect(callSid: string, record: CallRecord): Promise<void>;
  /** Asks for those whose time has come. */
  round(): Promise<void>;
}

/**
 * What all legs cost together; undefined while the carrier has not said it of one that was answered, or does not have the
 * end of one yet (Twilio: the Call resource is eventually consistent), and where it knows none that was answered.
 */
export function priceOf(legs: readonly RestCall[]): Amount | undefined {
  if (legs.some(({ status }) => !isTerminal(status))) return undefined;
  const prices = legs.filter(({ status }) => status === 'completed').map(({ price }) => parsePrice(price ?? ''));
  return prices.length === 0 || prices.includes(undefined)
    ? undefined
    : prices.reduce<Amount>((sum, price) => sum + price!, 0);
}

/** Puts what the carrier charges for a call in the place of the estimate, for the limits of money. */
export function createCallPrices({ log, deadlines, rest, admission, clock, logger }: CallPricesOptions): CallPrices {
  async function settle({ key: callSid, attempts }: Due): Promise<void> {
    const record = await log.recordOf(callSid);
    const price = record && priceOf((await legsOf(rest, callSid)) ?? []);
    if (price !== undefined) await admission.priced(record!.callId, price);
    const wait = ASKED_AFTER_MS[attempts + 1];
    if (!record || price !== undefined || wait === undefined) return deadlines.drop('price', callSid);
    const next = { key: callSid, detail: '', attempts: attempts + 1 };
    return deadlines.set('price', next, new Date(clock().getTime() + wait));
  }

  return {
    async expect(callSid, { direction, agent, outcome, endedAt }) {
      // The limits are about calls to telephones, which agents place, or a customer's that was answered by nobody's
      // phone; of those that nobody answered, the estimate is right.
      const toTelephone = direction === 'outgoing' || agent.id === '';
      if (!toTelephone || outcome !== 'answered' || endedAt === null) return;
      const due = { key: callSid, detail: '', attempts: 0 };
      await deadlines.set('price', due, new Date(Date.parse(endedAt) + ASKED_AFTER_MS[0]!));
    },

    async round() {
      const now = clock();
      const claimedUntil = new Date(now.getTime() + CLAIMED_FOR_MS);
      for (const due of await deadlines.claim('price', now, claimedUntil, EACH_ROUND)) {
        await settle(due).catch((error: unknown) =>
          // It comes up again when the claim is over.
          logger.warn({ err: error, callSid: due.key }, 'the carrier could not be asked for the price of a call'),
        );
      }
    },
  };
}
