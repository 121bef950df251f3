import { randomUUID } from 'node:crypto';
import type { InsertResult, Kysely } from 'kysely';
import { crmEventTypes } from '../calls/crm-events.ts';
import type { CrmOutbox, OutgoingEvent } from '../calls/crm-outbox.ts';
import type { Clock } from '../calls/ports.ts';
import type { CallRecord, CrmEvent, CrmEventType } from '../contract.ts';
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
        createdAt: created_at,
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
