import type { Kysely, Transaction } from 'kysely';
import { eventKey, parentSidOf, type CallEvent } from '../calls/call-event.ts';
import { callRecord, type CallBase } from '../calls/call-record.ts';
import type { CallChange, CallLog, ChangeFeed } from '../calls/ports.ts';
import type { CallRecord } from '../contract.ts';
import type { Database } from './schema.ts';

/** Base and events of one conversation → its record, written in the transaction that changed them. */
async function project(trx: Transaction<Database>, callSid: string): Promise<CallChange | undefined> {
  const call = await trx.selectFrom('calls').select('base').where('call_sid', '=', callSid).executeTakeFirst();
  if (!call) return undefined;
  const events = await trx.selectFrom('call_events').select('event').where('call_sid', '=', callSid).execute();
  const record = callRecord(
    JSON.parse(call.base) as CallBase,
    events.map(({ event }) => JSON.parse(event) as CallEvent),
  );
  const { last } = await trx
    .selectFrom('calls')
    .select((calls) => calls.fn.max('revision').as('last'))
    .executeTakeFirstOrThrow();
  const revision = last + 1;
  await trx
    .updateTable('calls')
    .set({ record: JSON.stringify(record), revision })
    .where('call_sid', '=', callSid)
    .execute();
  return { revision, record };
}

function cursorOf(record: CallRecord): string {
  return Buffer.from(`${record.createdAt}|${record.callId}`).toString('base64url');
}

function parseCursor(cursor: string): { createdAt: string; callId: string } {
  const [, createdAt, callId] =
    /^([\dT:.Z-]{20,30})\|([0-9a-f-]{36})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (!createdAt || !callId) throw new RangeError('cursor is not one of ours: send the nextCursor of a page, or none.');
  return { createdAt, callId };
}

/** The call log on a database: append-only events, and one projected row per conversation. */
export function createCallLog(db: Kysely<Database>, feed: ChangeFeed): CallLog {
  return {
    async open(callSid, base) {
      const change = await db.transaction().execute(async (trx) => {
        const row = {
          call_id: base.callId,
          call_sid: callSid,
          agent_id: base.agent.id,
          created_at: base.createdAt,
          base: JSON.stringify(base),
          record: JSON.stringify(callRecord(base, [])),
        };
        await trx
          .insertInto('calls')
          .values(row)
          .onConflict((conflict) => conflict.doNothing())
          .execute();
        return project(trx, callSid);
      });
      if (change) feed.publish(change);
    },

    async append(event, receivedAt) {
      const callSid = parentSidOf(event);
      const change = await db.transaction().execute(async (trx) => {
        const inserted = await trx
          .insertInto('call_events')
          .values({ key: eventKey(event), call_sid: callSid, event: JSON.stringify(event), received_at: receivedAt })
          .onConflict((conflict) => conflict.column('key').doNothing())
          .executeTakeFirst();
        return inserted.numInsertedOrUpdatedRows === 0n ? undefined : project(trx, callSid);
      });
      if (change) feed.publish(change);
    },

    async get(callId) {
      const row = await db.selectFrom('calls').select('record').where('call_id', '=', callId).executeTakeFirst();
      return row && (JSON.parse(row.record) as CallRecord);
    },

    async page({ agentId, limit, cursor }) {
      const after = cursor === undefined ? undefined : parseCursor(cursor);
      const rows = await db
        .selectFrom('calls')
        .select('record')
        .where('agent_id', '=', agentId)
        .$if(after !== undefined, (query) =>
          query.where((where) =>
            where(where.refTuple('created_at', 'call_id'), '<', where.tuple(after!.createdAt, after!.callId)),
          ),
        )
        .orderBy('created_at', 'desc')
        .orderBy('call_id', 'desc')
        .limit(limit + 1)
        .execute();
      const calls = rows.slice(0, limit).map(({ record }) => JSON.parse(record) as CallRecord);
      return { calls, nextCursor: rows.length > limit ? cursorOf(calls.at(-1)!) : null };
    },
  };
}
