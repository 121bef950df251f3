import { sql, type Kysely, type Migration } from 'kysely';

/** The open call-backs of a number: looked for whenever a conversation begins, also with who has called a thousand times. */
export const callBacksByNumber: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createIndex('calls_call_backs_by_number')
      .on('calls')
      .column('number_reversed')
      .where(sql.ref('call_back_at'), 'is not', null)
      .where(sql.ref('call_back_done_at'), 'is', null)
      .execute();
  },
};
