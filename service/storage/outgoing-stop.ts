import type { OutgoingStop } from '../admin-contract.ts';
import type { OutgoingStopSwitch } from '../calls/dial-gate.ts';
import type { CallRecord } from '../contract.ts';
import { writeAudit } from './audit.ts';
import { lockLog } from './log-revision.ts';
import type { Store } from './store.ts';

/** There is one for the whole installation. */
const ID = 1;

/** Read anew for every question: what one node writes holds on all of them at once. */
export function createOutgoingStop({ db, write }: Store): OutgoingStopSwitch {
  return {
    async stop({ reason, stoppedBy, stoppedAt }, note) {
      const row = { reason, stopped_by: JSON.stringify(stoppedBy), stopped_at: stoppedAt };
      await write(async (trx) => {
        // Calls that are just being put through are open when it is done, or find it done.
        await lockLog(trx);
        await trx
          .insertInto('outgoing_stop')
          .values({ id: ID, ...row })
          .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
          .execute();
        await writeAudit(trx, note);
      });
    },

    allow: (note) =>
      write(async (trx) => {
        const { numDeletedRows } = await trx.deleteFrom('outgoing_stop').executeTakeFirst();
        if (numDeletedRows === 0n) return false;
        await writeAudit(trx, note);
        return true;
      }),

    async find() {
      const row = await db.selectFrom('outgoing_stop').selectAll().executeTakeFirst();
      if (!row) return undefined;
      const stoppedBy = JSON.parse(row.stopped_by) as OutgoingStop['stoppedBy'];
      return { reason: row.reason, stoppedBy, stoppedAt: row.stopped_at };
    },

    async openCalls() {
      const rows = await db.selectFrom('calls').select(['call_sid', 'record']).where('outcome', 'is', null).execute();
      return rows
        .map(({ call_sid, record }) => ({ callSid: call_sid, record: JSON.parse(record) as CallRecord }))
        .filter(({ record }) => record.status !== 'ended' && record.direction === 'outgoing')
        .map(({ callSid, record }) => ({ callId: record.callId, callSid, agentId: record.agent.id }));
    },
  };
}
