import type { Kysely } from 'kysely';
import type { News, Phones } from '../calls/ports.ts';
import type { PhoneReport } from '../contract.ts';
import type { Database } from './schema.ts';
import { COMMAND_LIVES_MS, type OpenFeed } from './open-feed.ts';
import type { Store } from './store.ts';

/** Three heartbeats of 15 s: one that is lost on the way makes nobody unreachable. */
const HEARD_FOR_MS = 45_000;

/**
 * The phones that agents have open. What is published about them has been stored before, and the other nodes hear of it
 * with the same commit: it is told everywhere, or whoever asked gets an error.
 */
export function createPhones({ db, write, engine }: Store, feed: Pick<OpenFeed, 'announce' | 'publish'>): Phones {
  const heardSince = (now: Date) => new Date(now.getTime() - HEARD_FOR_MS).toISOString();
  const topicOf = (agentId: string) => `phone:${agentId}`;

  interface Told {
    agentId: string;
    news: News;
  }

  /** Does what changes the phones, and tells what comes of it. */
  async function telling(change: (trx: Kysely<Database>) => Promise<Told[]>): Promise<void> {
    const told = await write(async (trx) => {
      const all = await change(trx);
      for (const { agentId, news } of all) await feed.announce(trx, topicOf(agentId), news);
      return all;
    });
    for (const { agentId, news } of told) feed.publish(topicOf(agentId), news);
  }

  const reportOf = (row: { holder: string; available: number; state: string }): PhoneReport => ({
    holder: row.holder,
    place: 'window',
    available: row.available === 1,
    state: JSON.parse(row.state) as PhoneReport['state'],
  });

  async function windowIn(from: Kysely<Database>, agentId: string, now: Date): Promise<PhoneReport | null> {
    const row = await from
      .selectFrom('phones')
      .select(['holder', 'available', 'state'])
      .where('agent_id', '=', agentId)
      .where('place', '=', 'window')
      .where('reported_at', '>', heardSince(now))
      .executeTakeFirst();
    return row ? reportOf(row) : null;
  }

  const windowIs = (agentId: string, report: PhoneReport | null): Told => ({
    agentId,
    news: { kind: 'phone', report },
  });

  return {
    async report(agent, report, now) {
      const row = {
        name: agent.name,
        identity: agent.identity,
        holder: report.holder,
        place: report.place,
        available: report.available ? 1 : 0,
        state: JSON.stringify(report.state),
        reported_at: now.toISOString(),
      };
      await telling(async (trx) => {
        const kept = await trx.selectFrom('phones').select('place').where('agent_id', '=', agent.id).executeTakeFirst();
        const taken = await trx
          .insertInto('phones')
          .values({ agent_id: agent.id, ...row })
          .onConflict((conflict) => {
            const update = conflict.column('agent_id').doUpdateSet(row);
            if (report.place === 'window') return update;
            // A page that has just opened does not know of the window yet, which comes before every page: also before
            // one that another node hears of at this moment.
            return update.where((where) =>
              where.or([where('phones.place', '=', 'page'), where('phones.reported_at', '<=', heardSince(now))]),
            );
          })
          .returning('place')
          .executeTakeFirst();
        if (!taken) return [windowIs(agent.id, await windowIn(trx, agent.id, now))];
        if (report.place === 'window') return [windowIs(agent.id, report)];
        return kept?.place === 'window' ? [windowIs(agent.id, null)] : [];
      });
    },

    async remove(agentId, holder) {
      await telling(async (trx) => {
        const gone = await trx
          .deleteFrom('phones')
          .where('agent_id', '=', agentId)
          .where('holder', '=', holder)
          .returning('place')
          .executeTakeFirst();
        return gone?.place === 'window' ? [windowIs(agentId, null)] : [];
      });
    },

    async command(agentId, command, now) {
      const over = new Date(now.getTime() - COMMAND_LIVES_MS).toISOString();
      await telling(async (trx) => {
        await trx.deleteFrom('phone_commands').where('at', '<=', over).execute();
        const row = { id: command.id, agent_id: agentId, command: JSON.stringify(command), at: now.toISOString() };
        await trx
          .insertInto('phone_commands')
          .values(row)
          .onConflict((conflict) => conflict.doNothing())
          .execute();
        return [{ agentId, news: { kind: 'phone-command', command } }];
      });
    },

    windowOf: (agentId, now) => windowIn(db, agentId, now),

    async reachable(now, limit) {
      const rows = await db
        .selectFrom('phones')
        .select(['agent_id', 'name', 'identity'])
        .where('available', '=', 1)
        .where('reported_at', '>', heardSince(now))
        .where('agent_id', 'not in', (phones) => phones.selectFrom('blocked_agents').select('agent_id'))
        .orderBy('reported_at', 'desc')
        .limit(limit)
        .execute();
      return rows.map(({ agent_id, name, identity }) => ({ id: agent_id, name, identity }));
    },

    async sweep(now) {
      await telling(async (trx) => {
        // One whose row another transaction has is just being heard of, or taken away by another node.
        const gone = await trx
          .deleteFrom('phones')
          .where('agent_id', 'in', (phones) =>
            phones
              .selectFrom('phones')
              .select('agent_id')
              .where('reported_at', '<=', heardSince(now))
              .$if(engine === 'postgres', (row) => row.forUpdate().skipLocked()),
          )
          .returning(['agent_id', 'place'])
          .execute();
        return gone.filter(({ place }) => place === 'window').map(({ agent_id }) => windowIs(agent_id, null));
      });
    },
  };
}
