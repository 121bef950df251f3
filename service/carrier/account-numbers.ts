import { setTimeout as delay } from 'node:timers/promises';
import type { AccountNumbers, KnownNumbers } from '../calls/dial-gate.ts';
import type { Logger } from '../logger.ts';
import type { RestClient } from './rest-client.ts';

const GOOD_FOR_MS = 600_000;
const TRY_AGAIN_MS = 30_000;
/** Somebody waits for a call to begin: the very first answer is not waited for any longer. */
const FIRST_WAIT_MS = 1000;
/** What is expected and missing is looked for no more often than this. */
const LOOK_AGAIN_MS = 30_000;
const PAGE_SIZE = 1000;
/** An account with more numbers than this shows customers few of them. */
const MOST_PAGES = 20;

export interface AccountNumbersOptions {
  rest: RestClient;
  accountSid: string;
  /** What the operator wants to be shown to customers. */
  callerIds: readonly string[];
  logger: Logger;
}

type NumbersPage = { next_page_uri?: unknown } & Record<string, unknown>;

/**
 * The account's numbers, read from the carrier (Twilio: IncomingPhoneNumber resource, OutgoingCallerId resource) when
 * they are asked for and older than ten minutes. What was read last stands while the carrier cannot be reached.
 */
export function createAccountNumbers(options: AccountNumbersOptions): AccountNumbers {
  const { rest, accountSid, callerIds, logger } = options;
  const base = `/2010-04-01/Accounts/${accountSid}/`;
  let known: KnownNumbers | undefined;
  let readAgainAt = 0;
  let lookAgainAt = 0;
  let reading: Promise<void> | undefined;

  async function list(resource: string, key: string): Promise<string[]> {
    const numbers: string[] = [];
    let path: string | undefined = `${resource}.json?PageSize=${PAGE_SIZE}`;
    for (let page = 0; path !== undefined && page < MOST_PAGES; page += 1) {
      const response = await rest.request('GET', path);
      if (!response.ok) {
        await response.body?.cancel();
        throw new Error(`the carrier answered ${response.status} when asked for ${resource}`);
      }
      const body = (await response.json()) as NumbersPage;
      const items = body[key];
      if (!Array.isArray(items)) throw new Error(`the carrier's answer has no ${key}`);
      for (const item of items as { phone_number?: unknown }[]) {
        if (typeof item.phone_number === 'string') numbers.push(item.phone_number);
      }
      const next = body.next_page_uri;
      // Below this account, whatever the answer says.
      path = typeof next === 'string' && next.startsWith(base) ? next.slice(base.length) : undefined;
    }
    return numbers;
  }

  async function read(): Promise<void> {
    try {
      const incoming = await list('IncomingPhoneNumbers', 'incoming_phone_numbers');
      const verified = await list('OutgoingCallerIds', 'outgoing_caller_ids');
      known = { incoming: new Set(incoming), callerIds: new Set([...incoming, ...verified]) };
      readAgainAt = performance.now() + GOOD_FOR_MS;
      const foreign = callerIds.filter((number) => !known!.callerIds.has(number));
      if (foreign.length > 0) {
        logger.error({ numbers: foreign }, 'TWILIO_CALLER_ID names numbers that the account does not have: not shown');
      }
    } catch (error) {
      readAgainAt = performance.now() + TRY_AGAIN_MS;
      const stands = known ? 'its numbers as last read' : 'TWILIO_CALLER_ID as configured';
      logger.warn({ err: error }, `the carrier could not be asked for the account's numbers: ${stands} stand`);
    }
  }

  return {
    async known(expected) {
      const now = performance.now();
      const missing = expected !== undefined && known?.incoming.has(expected) === false && now >= lookAgainAt;
      if (missing || now >= readAgainAt) {
        reading ??= read().finally(() => (reading = undefined));
        if (missing) lookAgainAt = now + LOOK_AGAIN_MS;
        if (!known || missing) await Promise.race([reading, delay(FIRST_WAIT_MS, undefined, { ref: false })]);
      }
      return known;
    },
  };
}
