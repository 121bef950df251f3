import type { CallBase } from '../calls/call-record.ts';
import { reversedDigits } from '../calls/call-search.ts';
import type { CallLog, Feed } from '../calls/ports.ts';
import { EVERY_AGENT } from '../calls/visibility.ts';
import type { CallRecord } from '../contract.ts';
import { callPage } from './call-page.ts';
import { publishChange } from './call-projection.ts';
import { createEventIntake, type EventIntakeOptions } from './event-intake.ts';
import { lockLog } from './log-revision.ts';
import { openCalls } from './opened-calls.ts';
import { patchCall } from './patched-call.ts';
import type { Store } from './store.ts';

/** Of the calls with one number, those among which it is looked which line it called. */
const NEWEST_WITH = 20;

/** The call log on a database: append-only events, and one projected row per conversation. */
export function createCallLog({ db, write }: Store, feed: Feed, options: EventIntakeOptions = {}): CallLog {
  const { writeCrmEvents } = options;

  async function baseOf(callSid: string): Promise<CallBase | undefined> {
    const row = await db.selectFrom('calls').select('base').where('call_sid', '=', callSid).executeTakeFirst();
    return row && (JSON.parse(row.base) as CallBase);
  }

  return {
    baseOf,

    async open(callSid, base) {
      const projected = await write(async (trx) => {
        await lockLog(trx);
        const [opened] = await openCalls(trx, [{ callSid, base }], writeCrmEvents);
        return opened;
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

    async patch(callId, patch, by) {
      const projected = await write(async (trx) => {
        await lockLog(trx);
        return patchCall(trx, callId, patch, by, writeCrmEvents);
      });
      if (!projected || projected === 'note-changed') return projected;
      publishChange(feed, projected);
      return projected.change.record;
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

    page: (reader, query, now) => callPage(db, reader, query, now),

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

    async lineCalledBy(number) {
      // Of the newest few only: a number that is called all day has calls without end, and the index is by number.
      const row = await db
        .selectFrom((calls) =>
          calls
            .selectFrom('calls')
            .select(['direction', 'created_at', 'record'])
            .where('number_reversed', '=', reversedDigits(number))
            .orderBy('created_at', 'desc')
            .limit(NEWEST_WITH)
            .as('newest'),
        )
        .select('record')
        .where('direction', '=', 'incoming')
        .orderBy('created_at', 'desc')
        .limit(1)
        .executeTakeFirst();
      return (row && (JSON.parse(row.record) as CallRecord).callerId) ?? undefined;
    },

    async agents() {
      const rows = await db.selectFrom('agents').select(['agent_id', 'name']).execute();
      return rows
        .map(({ agent_id, name }) => ({ id: agent_id, name }))
        .sort((a, b) => (a.name ?? a.id).localeCompare(b.name ?? b.id));
    },
  };
}
