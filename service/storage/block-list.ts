import type { Selectable } from 'kysely';
import type { BlockList } from '../calls/dial-gate.ts';
import { isParty } from '../calls/visibility.ts';
import type { BlockedAgent } from '../admin-contract.ts';
import type { CallRecord } from '../contract.ts';
import { writeAudit } from './audit.ts';
import { lockLog } from './log-revision.ts';
import { prepared } from './prepared.ts';
import type { Database } from './schema.ts';
import type { Store } from './store.ts';

function blockedAgent(row: Selectable<Database['blocked_agents']>): BlockedAgent {
  return {
    agentId: row.agent_id,
    reason: row.reason,
    blockedBy: JSON.parse(row.blocked_by) as BlockedAgent['blockedBy'],
    blockedAt: row.blocked_at,
  };
}

const BLOCKED = ['agent_id', 'identity', 'reason', 'blocked_by', 'blocked_at'] as const;

const blockingOf = prepared<{ agentId: string }, Selectable<Database['blocked_agents']>>((db, place) =>
  db.selectFrom('blocked_agents').select(BLOCKED).where('agent_id', '=', place('agentId')),
);

/** Read anew for every question: what one node writes holds on all of them at once. */
export function createBlockList({ db, write }: Store): BlockList {
  return {
    async block({ agentId, reason, blockedBy, blockedAt }, identity, note) {
      const row = { identity, reason, blocked_by: JSON.stringify(blockedBy), blocked_at: blockedAt };
      await write(async (trx) => {
        // Calls that are just being put through are open when it is done, or find it done.
        await lockLog(trx);
        await trx
          .insertInto('blocked_agents')
          .values({ agent_id: agentId, ...row })
          .onConflict((conflict) => conflict.column('agent_id').doUpdateSet(row))
          .execute();
        await writeAudit(trx, note);
      });
    },

    unblock: (agentId, note) =>
      write(async (trx) => {
        const { numDeletedRows } = await trx
          .deleteFrom('blocked_agents')
          .where('agent_id', '=', agentId)
          .executeTakeFirst();
        if (numDeletedRows === 0n) return false;
        await writeAudit(trx, note);
        return true;
      }),

    async find(agentId) {
      const [row] = (await blockingOf(db, { agentId })).rows;
      return row && blockedAgent(row);
    },

    async hasIdentity(identity) {
      const row = await db
        .selectFrom('blocked_agents')
        .select('agent_id')
        .where('identity', '=', identity)
        .executeTakeFirst();
      return row !== undefined;
    },

    async list() {
      const rows = await db.selectFrom('blocked_agents').selectAll().orderBy('blocked_at', 'desc').execute();
      return rows.map(blockedAgent);
    },

    async openCalls(agentId) {
      const rows = await db
        .selectFrom('calls')
        .innerJoin('call_agents', 'call_agents.call_id', 'calls.call_id')
        .select(['calls.call_sid', 'calls.record'])
        .where('call_agents.agent_id', '=', agentId)
        .where('calls.outcome', 'is', null)
        .execute();
      return rows
        .map(({ call_sid, record }) => ({ callSid: call_sid, record: JSON.parse(record) as CallRecord }))
        .filter(({ record }) => record.status !== 'ended' && isParty(agentId, record))
        .map(({ callSid, record }) => ({ callId: record.callId, callSid, agentId }));
    },
  };
}
