import { sql, type Kysely } from 'kysely';
import { beginnings, createTally, NO_CALLS, runningCost, type AgentCounts, type Tally } from '../calls/dial-tally.ts';
import { engineOf } from './engine.ts';
import { isAmong, keyList } from './key-list.ts';
import { tallied, type PlacedCall } from './placed-calls.ts';
import { prepared } from './prepared.ts';
import type { Database } from './schema.ts';

/** Counters come as text from PostgreSQL, which counts further than a number can. */
const numberOf = (count: unknown) => Number(count ?? 0);

interface Times {
  now: string;
  minute: string;
  hour: string;
  day: string;
}

const agentCounts = prepared<
  Times & { agents: unknown; since: string },
  Record<'agent_id', string> & Record<'open' | 'minute' | 'hour' | 'day', unknown>
>((db, place) =>
  db
    .selectFrom('placed_calls')
    .select(({ fn, eb }) => {
      const counted = (from: 'minute' | 'hour' | 'day') =>
        fn
          .countAll()
          .filterWhere(eb('counts_until', '>', place('now')).and('at', from === 'day' ? '>=' : '>', place(from)))
          .as(from);
      const open = fn.countAll().filterWhere('open_until', '>', place('now')).as('open');
      return ['agent_id', open, counted('minute'), counted('hour'), counted('day')];
    })
    .where(isAmong(engineOf(db), 'agent_id', place('agents')))
    .where('at', '>=', place('since'))
    .groupBy('agent_id'),
);

const numberCounts = prepared<{ numbers: unknown; now: string; hour: string }, { number: string; count: unknown }>(
  (db, place) =>
    db
      .selectFrom('placed_calls')
      .select(({ fn }) => ['number', fn.countAll().as('count')])
      .where(isAmong(engineOf(db), 'number', place('numbers')))
      .where('at', '>', place('hour'))
      .where('counts_until', '>', place('now'))
      .groupBy('number'),
);

/** Of rows that the index of open calls has, and it has no others. */
const STANDS_OPEN = sql<boolean>`open_until <> ''`;

const openCalls = prepared<{ now: string }, { open: unknown }>((db, place) =>
  db
    .selectFrom('placed_calls')
    .select(({ fn }) => fn.countAll().as('open'))
    .where(STANDS_OPEN)
    .where('open_until', '>', place('now')),
);

const unended = prepared<{ day: string }, PlacedCall>((db, place) =>
  db
    .selectFrom('placed_calls')
    .selectAll()
    .where(STANDS_OPEN)
    .where('cost', 'is', null)
    .where('at', '>=', place('day')),
);

const spentBy = prepared<{ day: string; agents: unknown }, { agent_id: string; amount: number }>((db, place) =>
  db
    .selectFrom('spent')
    .select(['agent_id', 'amount'])
    .where('day', '=', place('day'))
    .where(isAmong(engineOf(db), 'agent_id', place('agents'))),
);

const spentByAll = prepared<{ day: string }, { amount: unknown }>((db, place) =>
  db
    .selectFrom('spent')
    .select(({ fn }) => fn.sum('amount').as('amount'))
    .where('day', '=', place('day')),
);

export interface CountsOptions {
  /** Whether anybody asks for money: else it is not counted. */
  countsMoney: boolean;
  /** From the question of its agent to the latest end, how long a call can be open. */
  longestOpenMs: number;
}

function sinceWhen(now: Date, { hour, day }: { hour: string; day: string }, longestOpenMs: number): string {
  return [hour, day, new Date(now.getTime() - longestOpenMs).toISOString()].sort()[0]!;
}

/** Everything that counts against the limits of these agents and numbers, as this transaction sees it. */
export async function readTally(
  db: Kysely<Database>,
  agentIds: Iterable<string>,
  numbersAsked: Iterable<string>,
  now: Date,
  { countsMoney, longestOpenMs }: CountsOptions,
): Promise<Tally> {
  const engine = engineOf(db);
  const times = { now: now.toISOString(), ...beginnings(now) };
  const asked = keyList(engine, agentIds);
  const since = sinceWhen(now, times, longestOpenMs);
  const agents = new Map<string, AgentCounts>();
  const of = (agentId: string) => agents.get(agentId) ?? { ...NO_CALLS };
  for (const row of (await agentCounts(db, { ...times, agents: asked, since })).rows) {
    agents.set(row.agent_id, {
      agentOpen: numberOf(row.open),
      agentMinute: numberOf(row.minute),
      agentHour: numberOf(row.hour),
      agentDay: numberOf(row.day),
      agentSpent: 0,
    });
  }
  const { rows } = await numberCounts(db, { ...times, numbers: keyList(engine, numbersAsked) });
  const numbers = new Map(rows.map(({ number, count }) => [number, numberOf(count)]));
  const all = { open: numberOf((await openCalls(db, times)).rows[0]?.open), spent: 0 };
  if (countsMoney) {
    const add = (agentId: string, amount: number) => {
      const own = of(agentId);
      agents.set(agentId, { ...own, agentSpent: own.agentSpent + amount });
    };
    all.spent = numberOf((await spentByAll(db, times)).rows[0]?.amount);
    for (const { agent_id, amount } of (await spentBy(db, { ...times, agents: asked })).rows) add(agent_id, amount);
    for (const row of (await unended(db, times)).rows) {
      const cost = runningCost(tallied(row), now);
      all.spent += cost;
      add(row.agent_id, cost);
    }
  }
  return createTally(now, agents, numbers, all);
}

/** Whether the agent has as many calls open as may be, besides this one. */
export async function isAgentBusy(
  db: Kysely<Database>,
  { callId, agentId }: { callId: string; agentId: string },
  atOnce: number,
  now: Date,
  longestOpenMs: number,
): Promise<boolean> {
  const { open } = await db
    .selectFrom('placed_calls')
    .select(({ fn }) => fn.countAll().as('open'))
    .where('agent_id', '=', agentId)
    .where('at', '>=', new Date(now.getTime() - longestOpenMs).toISOString())
    .where('open_until', '>', now.toISOString())
    .where('call_id', '<>', callId)
    .executeTakeFirstOrThrow();
  return numberOf(open) >= atOnce;
}
