import type { Feed, Phones } from '../calls/ports.ts';
import type { PhoneReport } from '../contract.ts';
import type { Store } from './store.ts';

/** Three heartbeats of 15 s: one that is lost on the way makes nobody unreachable. */
const HEARD_FOR_MS = 45_000;

/** The phones that agents have open. What is published about them has been stored before. */
export function createPhones({ db, write }: Store, feed: Feed): Phones {
  const heardSince = (now: Date) => new Date(now.getTime() - HEARD_FOR_MS).toISOString();
  const tell = (agentId: string, report: PhoneReport | null) =>
    feed.publish(`phone:${agentId}`, { kind: 'phone', report });

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
      const before = await write(async (trx) => {
        const kept = await trx.selectFrom('phones').select('place').where('agent_id', '=', agent.id).executeTakeFirst();
        await trx
          .insertInto('phones')
          .values({ agent_id: agent.id, ...row })
          .onConflict((conflict) => conflict.column('agent_id').doUpdateSet(row))
          .execute();
        return kept?.place;
      });
      if (report.place === 'window') tell(agent.id, report);
      else if (before === 'window') tell(agent.id, null);
    },

    async remove(agentId, holder) {
      const gone = await write((trx) =>
        trx
          .deleteFrom('phones')
          .where('agent_id', '=', agentId)
          .where('holder', '=', holder)
          .returning('place')
          .executeTakeFirst(),
      );
      if (gone?.place === 'window') tell(agentId, null);
    },

    async windowOf(agentId, now) {
      const row = await db
        .selectFrom('phones')
        .select(['holder', 'available', 'state'])
        .where('agent_id', '=', agentId)
        .where('place', '=', 'window')
        .where('reported_at', '>', heardSince(now))
        .executeTakeFirst();
      if (!row) return null;
      const state = JSON.parse(row.state) as PhoneReport['state'];
      return { holder: row.holder, place: 'window', available: row.available === 1, state };
    },

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
      const gone = await write((trx) =>
        trx.deleteFrom('phones').where('reported_at', '<=', heardSince(now)).returning(['agent_id', 'place']).execute(),
      );
      for (const { agent_id, place } of gone) if (place === 'window') tell(agent_id, null);
    },
  };
}
