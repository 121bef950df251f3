import type { Kysely } from 'kysely';
import type { CountedCall } from '../calls/dial-gate.ts';
import type { DialCounts, DialLimits } from '../calls/dial-limits.ts';
import { costOf } from '../calls/money.ts';
import type { Database } from './schema.ts';

const MINUTE_MS = 60_000;

/** Counters come as text from PostgreSQL, which counts further than a number can. */
const numberOf = (count: unknown) => Number(count ?? 0);

const before = (now: Date, ms: number) => new Date(now.getTime() - ms).toISOString();

/** Times are texts: those of a day of UTC begin with it. */
const dayOf = (now: Date) => now.toISOString().slice(0, 10);

async function openCalls(db: Kysely<Database>, { callId, agentId }: CountedCall, now: Date) {
  const row = await db
    .selectFrom('placed_calls')
    .select(({ fn }) => [fn.countAll().as('all'), fn.countAll().filterWhere('agent_id', '=', agentId).as('own')])
    .where('open_until', '>', now.toISOString())
    .where('call_id', '<>', callId)
    .executeTakeFirst();
  return { open: numberOf(row?.all), agentOpen: numberOf(row?.own) };
}

/** Whether the agent has as many calls open as may be. */
export async function isAgentBusy(
  db: Kysely<Database>,
  call: CountedCall,
  limits: DialLimits,
  now: Date,
): Promise<boolean> {
  return (await openCalls(db, call, now)).agentOpen >= limits.agentAtOnce;
}

async function agentCalls(db: Kysely<Database>, { callId, agentId }: CountedCall, now: Date) {
  const hourAgo = before(now, 60 * MINUTE_MS);
  const today = dayOf(now);
  const row = await db
    .selectFrom('placed_calls')
    .select(({ fn }) => [
      fn.countAll().filterWhere('at', '>', before(now, MINUTE_MS)).as('minute'),
      fn.countAll().filterWhere('at', '>', hourAgo).as('hour'),
      fn.countAll().filterWhere('at', '>=', today).as('day'),
    ])
    .where('agent_id', '=', agentId)
    .where('at', '>=', today < hourAgo ? today : hourAgo)
    .where('counts_until', '>', now.toISOString())
    .where('call_id', '<>', callId)
    .executeTakeFirst();
  return { agentMinute: numberOf(row?.minute), agentHour: numberOf(row?.hour), agentDay: numberOf(row?.day) };
}

async function numberHour(db: Kysely<Database>, { callId, number }: CountedCall, now: Date): Promise<number> {
  const row = await db
    .selectFrom('placed_calls')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('number', '=', number)
    .where('at', '>', before(now, 60 * MINUTE_MS))
    .where('counts_until', '>', now.toISOString())
    .where('call_id', '<>', callId)
    .executeTakeFirst();
  return numberOf(row?.count);
}

/**
 * What was spent today, in whole: by one agent, or by all. Calls whose end is not known count every minute since they
 * were put through, up to the longest that a call can be, and one at least.
 */
async function spentToday(db: Kysely<Database>, agentId: string | undefined, now: Date): Promise<number> {
  const today = db
    .selectFrom('placed_calls')
    .where('at', '>=', dayOf(now))
    .$if(agentId !== undefined, (query) => query.where('agent_id', '=', agentId!));
  const over = await today.select(({ fn }) => fn.sum('cost').as('sum')).executeTakeFirst();
  const unended = await today
    .select(['rate', 'put_through_at', 'open_until'])
    .where('cost', 'is', null)
    .where('put_through_at', 'is not', null)
    .execute();
  return unended.reduce((sum, { rate, put_through_at, open_until }) => {
    const until = Math.min(now.getTime(), Date.parse(open_until));
    return sum + costOf(rate, Math.max(1, (until - Date.parse(put_through_at!)) / 1000));
  }, numberOf(over?.sum));
}

/** Everything that counts against the limits, as this transaction sees it; of money only what has a limit. */
export async function dialCounts(
  db: Kysely<Database>,
  call: CountedCall,
  limits: DialLimits,
  now: Date,
): Promise<DialCounts> {
  return {
    ...(await openCalls(db, call, now)),
    ...(await agentCalls(db, call, now)),
    numberHour: await numberHour(db, call, now),
    agentSpent: limits.agentSpendPerDay === undefined ? 0 : await spentToday(db, call.agentId, now),
    spent: limits.spendPerDay === undefined ? 0 : await spentToday(db, undefined, now),
  };
}
