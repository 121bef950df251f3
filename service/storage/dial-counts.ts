import { sql, type Kysely } from 'kysely';
import {
  beginnings,
  createTally,
  mostCost,
  NO_CALLS,
  type AgentCounts,
  type TalliedCall,
  type Tally,
} from '../calls/dial-tally.ts';
import { engineOf } from './engine.ts';
import { isAmong, keyList } from './key-list.ts';
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

/** Of rows that the index of open calls has, and it has no others. */
const STANDS_OPEN = sql<boolean>`open_until <> ''`;

interface Standing {
  what: 'agent' | 'number' | 'all' | 'blocked' | 'stopped';
  /** Whose: an agent's id, or a number. */
  whose: string;
  open: unknown;
  minute: unknown;
  hour: unknown;
  day: unknown;
}

/** One reading for all that is asked for: on PostgreSQL, each is a way there and back. */
const standingOf = prepared<Times & { agents: unknown; numbers: unknown; since: string }, Standing>((db, place) => {
  const among = (column: string, keys: 'agents' | 'numbers') => isAmong(engineOf(db), column, place(keys));
  const counts = sql`counts_until > ${place('now')}`;
  const standing = sql<Standing>`
    select 'agent' as what, agent_id as whose,
      count(*) filter (where open_until > ${place('now')}) as open,
      count(*) filter (where ${counts} and at > ${place('minute')}) as minute,
      count(*) filter (where ${counts} and at > ${place('hour')}) as hour,
      count(*) filter (where ${counts} and at >= ${place('day')}) as day
      from placed_calls where ${among('agent_id', 'agents')} and at >= ${place('since')} group by agent_id
    union all select 'number', number, 0, 0, count(*), 0
      from placed_calls where ${among('number', 'numbers')} and at > ${place('hour')} and ${counts} group by number
    union all select 'all', '', count(*), 0, 0, 0
      from placed_calls where ${STANDS_OPEN} and open_until > ${place('now')}
    union all select 'blocked', agent_id, 0, 0, 0, 0
      from blocked_agents where ${among('agent_id', 'agents')}
    union all select 'stopped', '', 0, 0, 0, 0 from outgoing_stop`;
  return { compile: () => standing.compile(db) };
});

/** The day is not asked for: the index of times would be taken for it, and all calls of a day be read. */
const unended = prepared<object, Pick<TalliedCall, 'rate' | 'limitSeconds'> & { agent_id: string; at: string }>((db) =>
  db
    .selectFrom('placed_calls')
    .select(['agent_id', 'at', 'rate', 'limit_seconds as limitSeconds'])
    .where(STANDS_OPEN)
    .where('cost', 'is', null),
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

export interface Reading {
  tally: Tally;
  /** Those of the agents who may not call. */
  blocked: ReadonlySet<string>;
  /** Nobody may place calls. */
  stopped: boolean;
}

/** Everything that counts against the limits of these agents and numbers, as this transaction sees it. */
export async function readStanding(
  db: Kysely<Database>,
  agentIds: Iterable<string>,
  numbersAsked: Iterable<string>,
  now: Date,
  { countsMoney, longestOpenMs }: CountsOptions,
): Promise<Reading> {
  const engine = engineOf(db);
  const times = { now: now.toISOString(), ...beginnings(now) };
  const asked = keyList(engine, agentIds);
  const since = sinceWhen(now, times, longestOpenMs);
  const numbersList = keyList(engine, numbersAsked);
  const agents = new Map<string, AgentCounts>();
  const numbers = new Map<string, number>();
  const blocked = new Set<string>();
  let stopped = false;
  const all = { open: 0, spent: 0 };
  const { rows } = await standingOf(db, { ...times, agents: asked, numbers: numbersList, since });
  for (const { what, whose, open, minute, hour, day } of rows) {
    if (what === 'blocked') blocked.add(whose);
    else if (what === 'stopped') stopped = true;
    else if (what === 'number') numbers.set(whose, numberOf(hour));
    else if (what === 'all') all.open = numberOf(open);
    else {
      agents.set(whose, {
        agentOpen: numberOf(open),
        agentMinute: numberOf(minute),
        agentHour: numberOf(hour),
        agentDay: numberOf(day),
        agentSpent: 0,
      });
    }
  }
  if (countsMoney) {
    const add = (agentId: string, amount: number) => {
      const own = agents.get(agentId) ?? NO_CALLS;
      agents.set(agentId, { ...own, agentSpent: own.agentSpent + amount });
    };
    all.spent = numberOf((await spentByAll(db, times)).rows[0]?.amount);
    for (const { agent_id, amount } of (await spentBy(db, { ...times, agents: asked })).rows) add(agent_id, amount);
    for (const row of (await unended(db, {})).rows) {
      if (row.at < times.day) continue;
      const cost = mostCost(row);
      all.spent += cost;
      add(row.agent_id, cost);
    }
  }
  return { tally: createTally(now, agents, numbers, all), blocked, stopped };
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
