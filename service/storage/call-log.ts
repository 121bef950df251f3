import type { InsertResult, Kysely } from 'kysely';
import { callRecord, type CallBase } from '../calls/call-record.ts';
import { reversedDigits } from '../calls/call-search.ts';
import { foldName } from '../calls/folded-name.ts';
import type { CallLog, Feed } from '../calls/ports.ts';
import { EVERY_AGENT } from '../calls/visibility.ts';
import type { CallRecord } from '../contract.ts';
import { callPage } from './call-page.ts';
import { watchCall } from './watched-calls.ts';
import { project, publishChange } from './call-projection.ts';
import { createEventIntake, type EventIntakeOptions } from './event-intake.ts';
import { lockLog } from './log-revision.ts';
import { prepared } from './prepared.ts';
import type { Database } from './schema.ts';
import type { Store } from './store.ts';

const insertCall = prepared<
  {
    call_id: string;
    call_sid: string;
    agent_id: string;
    created_at: string;
    base: string;
    record: string;
    direction: string;
    number_reversed: string;
    name_folded: string;
  },
  InsertResult
>((db, place) =>
  db
    .insertInto('calls')
    .values({
      call_id: place('call_id'),
      call_sid: place('call_sid'),
      agent_id: place('agent_id'),
      created_at: place('created_at'),
      base: place('base'),
      record: place('record'),
      direction: place('direction'),
      number_reversed: place('number_reversed'),
      name_folded: place('name_folded'),
    })
    .onConflict((conflict) => conflict.doNothing()),
);

const keepAgent = prepared<{ id: string; name: string | null }, InsertResult>((db, place) =>
  db
    .insertInto('agents')
    .values({ agent_id: place('id'), name: place('name') })
    .onConflict((conflict) =>
      conflict
        .column('agent_id')
        .doUpdateSet({ name: (row) => row.ref('excluded.name') })
        .where('agents.name', 'is distinct from', (row) => row.ref('excluded.name')),
    ),
);

async function keepAgents(trx: Kysely<Database>, { agent, rung = [] }: CallBase): Promise<void> {
  for (const { id, name } of [agent, ...rung]) if (id !== EVERY_AGENT) await keepAgent(trx, { id, name });
}

/** The call log on a database: append-only events, and one projected row per conversation. */
export function createCallLog({ db, write }: Store, feed: Feed, options: EventIntakeOptions = {}): CallLog {
  async function baseOf(callSid: string): Promise<CallBase | undefined> {
    const row = await db.selectFrom('calls').select('base').where('call_sid', '=', callSid).executeTakeFirst();
    return row && (JSON.parse(row.base) as CallBase);
  }

  return {
    baseOf,

    async open(callSid, base) {
      const projected = await write(async (trx) => {
        await lockLog(trx);
        await insertCall(trx, {
          call_id: base.callId,
          call_sid: callSid,
          agent_id: base.agent.id,
          created_at: base.createdAt,
          base: JSON.stringify(base),
          record: JSON.stringify(callRecord(base, [])),
          direction: base.direction,
          number_reversed: reversedDigits(base.customer.number),
          name_folded: foldName(base.customer.name ?? ''),
        });
        await keepAgents(trx, base);
        await watchCall(trx, callSid, base.createdAt);
        return project(trx, callSid);
      });
      if (projected) publishChange(feed, projected);
      return projected?.base ?? base;
    },

    async recordOf(callSid) {
      const row = await db.selectFrom('calls').select('record').where('call_sid', '=', callSid).executeTakeFirst();
      return row && (JSON.parse(row.record) as CallRecord);
    },

    async legOf(callId) {
      const row = await db.selectFrom('calls').select('call_sid').where('call_id', '=', callId).executeTakeFirst();
      return row?.call_sid;
    },

    append: createEventIntake({ write }, feed, options),

    async patch(callId, { note, disposition }) {
      const projected = await write(async (trx) => {
        await lockLog(trx);
        const given = {
          ...(note !== undefined && { note: note === '' ? null : note }),
          ...(disposition !== undefined && { disposition }),
        };
        const row = await trx.selectFrom('calls').select('call_sid').where('call_id', '=', callId).executeTakeFirst();
        if (!row) return undefined;
        if (Object.keys(given).length > 0) {
          await trx.updateTable('calls').set(given).where('call_id', '=', callId).execute();
        }
        return project(trx, row.call_sid);
      });
      if (projected) publishChange(feed, projected);
      return projected?.change.record;
    },

    async get(callId, reader) {
      const row = await db
        .selectFrom('calls')
        .select('record')
        .where('call_id', '=', callId)
        .$if(reader !== 'everybody', (query) =>
          query.where('call_id', 'in', (calls) =>
            calls
              .selectFrom('call_agents')
              .select('call_id')
              .where('call_id', '=', callId)
              .where('agent_id', 'in', [(reader as { agentId: string }).agentId, EVERY_AGENT]),
          ),
        )
        .executeTakeFirst();
      return row && (JSON.parse(row.record) as CallRecord);
    },

    page: (reader, query) => callPage(db, reader, query),

    async nameOf(number) {
      const row = await db
        .selectFrom('calls')
        .select('record')
        .where('number_reversed', '=', reversedDigits(number))
        .where('name_folded', '<>', '')
        .orderBy('created_at', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row ? (JSON.parse(row.record) as CallRecord).customer.name : null;
    },

    async agents() {
      const rows = await db.selectFrom('agents').select(['agent_id', 'name']).execute();
      return rows
        .map(({ agent_id, name }) => ({ id: agent_id, name }))
        .sort((a, b) => (a.name ?? a.id).localeCompare(b.name ?? b.id));
    },
  };
}
