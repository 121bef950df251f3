import { randomUUID } from 'node:crypto';
import type { ExpressionBuilder, InsertResult, Kysely, Selectable } from 'kysely';
import { MOST_RESENT, type CrmResendRequest, type KeptCrmEvent } from '../admin-contract.ts';
import { crmEventTypes } from '../calls/crm-events.ts';
import type { CrmOutbox, OutgoingEvent } from '../calls/crm-outbox.ts';
import type { Clock } from '../calls/ports.ts';
import type { CallRecord, CrmEvent, CrmEventType } from '../contract.ts';
import { writeAudit } from './audit.ts';
import { forEachRow } from './for-each-row.ts';
import { instant } from './instant.ts';
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

type Outbox = ExpressionBuilder<Database, 'crm_outbox'>;

const isIn: Record<KeptCrmEvent['state'], (where: Outbox) => ReturnType<Outbox['and']>> = {
  waiting: (where) => where.and([where('given_up_at', 'is', null), where('delivered_at', 'is', null)]),
  'given-up': (where) => where.and([where('given_up_at', 'is not', null)]),
  delivered: (where) => where.and([where('delivered_at', 'is not', null)]),
};

function stateOf({ given_up_at, delivered_at }: Selectable<Database['crm_outbox']>): KeptCrmEvent['state'] {
  if (given_up_at !== null) return 'given-up';
  return delivered_at === null ? 'waiting' : 'delivered';
}

function keptEvent(row: Selectable<Database['crm_outbox']>): KeptCrmEvent {
  const { body, attempts, due_at, given_up_at, delivered_at } = row;
  const state = stateOf(row);
  return {
    ...(JSON.parse(body) as CrmEvent),
    state,
    attempts,
    nextAttemptAt: state === 'waiting' ? due_at : null,
    givenUpAt: given_up_at,
    deliveredAt: delivered_at,
  };
}

/** The events that somebody wants to be sent again, and that do not wait. */
function isAskedFor(asked: CrmResendRequest): (where: Outbox) => ReturnType<Outbox['and']> {
  if ('events' in asked && asked.events === 'all') return isIn['given-up'];
  return (where) => {
    const settled = where.or([isIn['given-up'](where), isIn.delivered(where)]);
    if ('events' in asked) return where.and([settled, where('event_id', 'in', asked.events as string[])]);
    if ('call' in asked) return where.and([settled, where('call_id', '=', asked.call)]);
    const { from, to } = asked;
    return where.and([
      settled,
      where('created_at', '>=', instant(from)),
      ...(to === undefined ? [] : [where('created_at', '<', instant(to))]),
    ]);
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
              .where('due.delivered_at', 'is', null)
              .where('due.due_at', '<=', now.toISOString())
              .where((where) =>
                where.not(
                  where.exists(
                    where
                      .selectFrom('crm_outbox as before')
                      .select('before.id')
                      .whereRef('before.call_id', '=', 'due.call_id')
                      .whereRef('before.id', '<', 'due.id')
                      .where('before.given_up_at', 'is', null)
                      .where('before.delivered_at', 'is', null),
                  ),
                ),
              )
              .orderBy('due.due_at')
              .limit(limit)
              // What another node is claiming is that node's.
              .$if(engine === 'postgres', (due) => due.forUpdate().skipLocked()),
          )
          .where('due_at', '<=', now.toISOString())
          .returning(['id', 'event_id', 'call_id', 'body', 'created_at', 'resent_at', 'attempts'])
          .execute(),
      );
      return rows.map(({ id, event_id, call_id, body, created_at, resent_at, attempts }): OutgoingEvent => ({
        id,
        eventId: event_id,
        callId: call_id,
        body,
        since: resent_at ?? created_at,
        attempts,
      }));
    },

    async delivered(id, now) {
      const change = { delivered_at: now.toISOString(), given_up_at: null };
      await write((trx) => trx.updateTable('crm_outbox').set(change).where('id', '=', id).execute());
    },

    async postpone(id, attempts, at) {
      const change = { attempts, due_at: at.toISOString() };
      await write((trx) => trx.updateTable('crm_outbox').set(change).where('id', '=', id).execute());
    },

    async giveUp(id, attempts, now) {
      const change = { attempts, given_up_at: now.toISOString() };
      // Unless another node has told it meanwhile.
      await write((trx) =>
        trx.updateTable('crm_outbox').set(change).where('id', '=', id).where('delivered_at', 'is', null).execute(),
      );
    },

    async page({ limit, cursor, state, call, from, to }) {
      let query = db.selectFrom('crm_outbox').selectAll();
      if (cursor !== undefined) query = query.where('id', '<', cursor);
      if (state !== undefined) query = query.where(isIn[state]);
      if (call !== undefined) query = query.where('call_id', '=', call);
      if (from !== undefined) query = query.where('created_at', '>=', instant(from));
      if (to !== undefined) query = query.where('created_at', '<', instant(to));
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

    resend: (asked, by) =>
      write(async (trx) => {
        const beyond = await trx
          .selectFrom('crm_outbox')
          .select('id')
          .where(isAskedFor(asked))
          .limit(1)
          .offset(MOST_RESENT)
          .executeTakeFirst();
        if (beyond && !('events' in asked)) return undefined;
        const { numUpdatedRows } = await trx
          .updateTable('crm_outbox')
          .set({ given_up_at: null, delivered_at: null, attempts: 0, resent_at: by.at, due_at: by.at })
          .where(isAskedFor(asked))
          .executeTakeFirst();
        const resent = Number(numUpdatedRows);
        await writeAudit(trx, { ...by, action: 'crm-events-resent', subject: '', after: { ...asked, resent } });
        return resent;
      }),

    async forget({ givenUp, delivered }) {
      await write(async (trx) => {
        await trx.deleteFrom('crm_outbox').where('given_up_at', '<', givenUp.toISOString()).execute();
        await trx.deleteFrom('crm_outbox').where('delivered_at', '<', delivered.toISOString()).execute();
      });
    },

    async counts() {
      const [waiting, givenUp] = await Promise.all(
        (['waiting', 'given-up'] as const).map((state) =>
          db
            .selectFrom('crm_outbox')
            .select((row) => [
              row.fn.countAll().as('count'),
              row.fn.min(row.fn.coalesce('resent_at', 'created_at')).as('oldest'),
            ])
            .where(isIn[state])
            .executeTakeFirstOrThrow(),
        ),
      );
      return { waiting: Number(waiting!.count), givenUp: Number(givenUp!.count), oldestAt: waiting!.oldest };
    },
  };
}
