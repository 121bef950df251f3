import type { CallLog, Clock, Deadlines, Due } from '../calls/ports.ts';
import type { CallEvent, LegStatusEvent } from '../calls/call-event.ts';
import type { CallRecord } from '../contract.ts';
import type { Logger } from '../logger.ts';
import type { CallPrices } from './call-prices.ts';
import type { RestClient } from './rest-client.ts';
import { legFacts, recordingFact, restRecordings } from './rest-facts.ts';
import { askFor, legsOf } from './rest-legs.ts';

/** How often the carrier is asked about a call that has not ended. */
const OPEN_EVERY_MS = 120_000;
/** When it is asked, after the end, for a recording that has not come; then it is given up. */
const RECORDING_AFTER_MS = [60_000, 120_000, 300_000, 1_800_000, 21_600_000, 86_400_000];
/** How often for the message of a customer whom nobody answered: most leave none. The carrier lists one from its first second. */
const MESSAGE_TRIES = 3;
/** A row that the carrier does not know any more is closed once no call could last so long. */
const FORGOTTEN_AFTER_MS = 5 * 60_000;
const AT_ONCE = 5;
const EACH_ROUND = 50;
const CLAIMED_FOR_MS = 60_000;

export interface ReconcilerOptions {
  log: CallLog;
  deadlines: Deadlines;
  rest: RestClient;
  /** Undefined where nobody needs to know what calls cost. */
  prices: CallPrices | undefined;
  clock: Clock;
  logger: Logger;
  longestCallSeconds: number;
}

/**
 * Makes good what webhooks missed: the carrier sends an event once, with few repeats, and an outage of ours loses it
 * (Twilio: webhook connection overrides). Every call is looked at until it has ended and its recording has come; what
 * the REST API knows joins the call's events, which never take back the end of a call.
 */
export function createReconciler(options: ReconcilerOptions) {
  const { log, deadlines, rest, prices, clock, logger, longestCallSeconds } = options;

  async function keep(events: readonly CallEvent[]): Promise<void> {
    const receivedAt = clock().toISOString();
    for (const event of events) await log.append(event, receivedAt);
  }

  function forgotten(callSid: string, record: CallRecord): LegStatusEvent[] {
    // Not when it is looked at, which may be days later: what was talked is taken from these times, and costs.
    const latestEnd = new Date(Date.parse(record.createdAt) + longestCallSeconds * 1000 + FORGOTTEN_AFTER_MS);
    if (clock() < latestEnd) return [];
    const common = { parentCallSid: null, sequenceNumber: null, sipResponseCode: null, callDuration: null };
    return [
      { kind: 'leg-status', callSid, ...common, status: 'failed', source: 'rest', firedAt: latestEnd.toISOString() },
    ];
  }

  async function askForLegs(callSid: string, record: CallRecord): Promise<void> {
    const legs = await legsOf(rest, callSid);
    if (!legs) return keep(forgotten(callSid, record));
    const askedAt = clock().toISOString();
    // The children first: the parent's end alone would close the call without its answer for a moment.
    await keep(legs.flatMap((call) => legFacts(call, askedAt)));
  }

  async function askForRecordings(callSid: string): Promise<void> {
    const found = await askFor(rest, restRecordings, `Calls/${callSid}/Recordings.json`);
    const askedAt = clock().toISOString();
    const events = (found?.recordings ?? []).map((recording) => recordingFact(recording, callSid, askedAt));
    await keep(events.filter((event) => event !== undefined));
  }

  /** How often a recording is asked for that is, or may be, still to come. */
  function triesFor({ outcome, consent, recordings }: CallRecord): number {
    if (recordings.some((each) => each.status === 'processing')) return RECORDING_AFTER_MS.length;
    if (recordings.length > 0) return 0;
    if (outcome === 'missed') return MESSAGE_TRIES;
    return outcome === 'answered' && consent !== undefined ? RECORDING_AFTER_MS.length : 0;
  }

  /** When the call is to be looked at again; undefined when it is as it will stay. */
  async function lookAt({ key: callSid, attempts }: Due): Promise<{ at: Date; attempts: number } | undefined> {
    let record = await log.recordOf(callSid);
    if (!record) return undefined;
    if (record.status !== 'ended') {
      await askForLegs(callSid, record);
      record = (await log.recordOf(callSid))!;
      if (record.status !== 'ended') return { at: new Date(clock().getTime() + OPEN_EVERY_MS), attempts: 0 };
      logger.warn(
        { callSid, outcome: record.outcome },
        'a call whose end was not told was closed as the carrier has it',
      );
    }
    if (attempts === 0) await prices?.expect(callSid, record);
    if (attempts >= triesFor(record)) return undefined;
    const due = new Date(Date.parse(record.endedAt!) + RECORDING_AFTER_MS[attempts]!);
    if (due > clock()) return { at: due, attempts };
    await askForRecordings(callSid);
    record = (await log.recordOf(callSid))!;
    const tries = triesFor(record);
    if (tries === 0) logger.warn({ callSid }, 'a recording that was not told was found at the carrier');
    if (attempts + 1 >= tries) return undefined;
    return { at: new Date(clock().getTime() + RECORDING_AFTER_MS[attempts + 1]!), attempts: attempts + 1 };
  }

  async function one(due: Due): Promise<void> {
    try {
      const again = await lookAt(due);
      if (again) await deadlines.set('reconcile', { ...due, attempts: again.attempts }, again.at);
      else await deadlines.drop('reconcile', due.key);
    } catch (error) {
      // It stays claimed, and comes up again when the claim is over.
      logger.warn({ err: error, callSid: due.key }, 'a call could not be compared with the carrier');
    }
  }

  return async function round(): Promise<void> {
    const now = clock();
    const claimedUntil = new Date(now.getTime() + CLAIMED_FOR_MS);
    const claimed = await deadlines.claim('reconcile', now, claimedUntil, EACH_ROUND);
    const waiting = claimed.values();
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (const due of waiting) await one(due);
      }),
    );
  };
}
