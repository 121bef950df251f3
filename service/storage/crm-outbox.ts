import { randomUUID } from 'node:crypto';
import type { InsertResult, Kysely, Selectable } from 'kysely';
import type { KeptCrmEvent } from '../admin-contract.ts';
import { crmEventTypes } from '../calls/crm-events.ts';
import type { CrmOutbox, OutgoingEvent } from '../calls/crm-outbox.ts';
import type { Clock } from '../calls/ports.ts';
import type { CallRecord, CrmEvent, CrmEventType } from '../contract.ts';
import { writeAudit } from './audit.ts';
import { forEachRow } from './for-each-row.ts';
import type { Database } from './schema.ts';
import type { Store } from './store.ts';

/** A call that has changed. `before` is undefined of a new one. */
export interface ChangedCall {
  before: CallRecord | undefined;
  after: CallRecord;
}

/** Puts what changes of calls are for the CRM into the outbox, in the transaction of those changes. */
export type WriteCrmEvents = (trx: Kysely<Database>, changes: readonly ChangedCall[]) => Promise<void>;

const insertEvents = forEachRow<{ eventId: string; callId: string; body: string; at: string }, InsertResult>(
  { eventId: 'text', callId: 'text', body: 'text', at: 'text' },
  (db, rows) =>
    db
      .insertInto('crm_outbox')
      .columns(['event_id', 'call_id', 'body', 'created_at', 'due_at'])
      .expression(rows.select('eventId', 'callId', 'body', 'at', 'at')),
);

export function crmEventWriter(wanted: readonly CrmEventType[], clock: Clock): WriteCrmEvents {
  return async (trx, changes) => {
    const at = clock().toISOString();
    const rows = changes.flatMap(({ before, after }) =>
      crmEventTypes(before, after)
        .filter((type) => wanted.includes(type))
        .map((type) => {
          const event: CrmEvent = { id: randomUUID(), type, createdAt: at, call: after };
          return { eventId: event.id, callId: after.callId, body: JSON.stringify(event), at };
        }),
    );
    await insertEvents(trx, rows);
  };
}

function keptEvent(row: Selectable<Database['crm_outbox']>): KeptCrmEvent {
  const { body, attempts, due_at, given_up_at } = row;
  return {
    ...(JSON.parse(body) as CrmEvent),
    state: given_up_at === null ? 'waiting' : 'given-up',
    attempts,
    nextAttemptAt: given_up_at === null ? due_at : null,
    givenUpAt: given_up_at,
  };
}

export function createCrmOutbox({ db, write, engine }: Store): CrmOutbox {
  return {
    async claim(now, until, limit) {
      const rows = await write((trx) =>
        trx
          .updateTable('crm_outbox')
          .set({ due_at: until.toISOString() })
          .where('id', 'in', (outbox) =>
            outbox
              .selectFrom('crm_outbox as due')
              .select('due.id')
              .where('due.given_up_at', 'is', null)
              .where('due.due_at', '<=', now.toISOString())
              .where((where) =>
                where.not(
                  where.exists(
                    where
                      .selectFrom('crm_outbox as before')
                      .select('before.id')
                      .whereRef('before.call_id', '=', 'due.call_id')
                      .whereRef('before.id', '<', 'due.id')
                      .where('before.given_up_at', 'is', null),
                  ),
                ),
              )
              .orderBy('due.due_at')
              .limit(limit)
              // What another node is claiming is that node's.
              .$if(engine === 'postgres', (due) => due.forUpdate().skipLocked()),
          )
          .where('due_at', '<=', now.toISOString())
          .returning(['id', 'event_id', 'call_id', 'body', 'created_at', 'attempts'])
          .execute(),
      );
      return rows.map(({ id, event_id, call_id, body, created_at, attempts }): OutgoingEvent => ({
        id,
        eventId: event_id,
        callId: call_id,
        body,
        since: created_at,
        attempts,
      }));
    },

    async delivered(id) {
      await write((trx) => trx.deleteFrom('crm_outbox').where('id', '=', id).execute());
    },

    async postpone(id, attempts, at) {
      const change = { attempts, due_at: at.toISOString() };
      await write((trx) => trx.updateTable('crm_outbox').set(change).where('id', '=', id).execute());
    },

    async giveUp(id, attempts, now) {
      const change = { attempts, given_up_at: now.toISOString() };
      await write((trx) => trx.updateTable('crm_outbox').set(change).where('id', '=', id).execute());
    },

    async page({ limit, cursor, state, call }) {
      let query = db.selectFrom('crm_outbox').selectAll();
      if (cursor !== undefined) query = query.where('id', '<', cursor);
      if (state !== undefined) query = query.where('given_up_at', state === 'waiting' ? 'is' : 'is not', null);
      if (call !== undefined) query = query.where('call_id', '=', call);
      const rows = await query
        .orderBy('id', 'desc')
        .limit(limit + 1)
        .execute();
      const shown = rows.slice(0, limit);
      return {
        events: shown.map(keptEvent),
        nextCursor: rows.length > limit ? String(shown.at(-1)!.id) : null,
      };
    },

    resend: (events, by) =>
      write(async (trx) => {
        const { numUpdatedRows } = await trx
          .updateTable('crm_outbox')
          .set({ given_up_at: null, attempts: 0, created_at: by.at, due_at: by.at })
          .where('given_up_at', 'is not', null)
          .$if(events !== 'all', (query) => query.where('event_id', 'in', events as string[]))
          .executeTakeFirst();
        const resent = Number(numUpdatedRows);
        await writeAudit(trx, { ...by, action: 'crm-events-resent', subject: '', after: { events, resent } });
        return resent;
      }),

    async forget(givenUpBefore) {
      const before = givenUpBefore.toISOString();
      await write((trx) => trx.deleteFrom('crm_outbox').where('given_up_at', '<', before).execute());
    },

    async counts() {
      const [waiting, givenUp] = await Promise.all(
        (['is', 'is not'] as const).map((operator) =>
          db
            .selectFrom('crm_outbox')
            .select((row) => [row.fn.countAll().as('count'), row.fn.min('created_at').as('oldest')])
            .where('given_up_at', operator, null)
            .executeTakeFirstOrThrow(),
        ),
      );
      return { waiting: Number(waiting!.count), givenUp: Number(givenUp!.count), oldestAt: waiting!.oldest };
    },
  };
}
