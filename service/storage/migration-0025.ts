import { sql, type Kysely, type Migration } from 'kysely';

/** What the CRM was told stays for a while, to be told again; what it waits for is found without looking through that. */
export const deliveredEvents: Migration = {
  async up(db: Kysely<unknown>) {
    const { schema } = db;
    await schema.alterTable('crm_outbox').addColumn('delivered_at', 'text').execute();
    await schema.alterTable('crm_outbox').addColumn('resent_at', 'text').execute();
    await schema.dropIndex('crm_outbox_due').execute();
    await schema
      .createIndex('crm_outbox_due')
      .on('crm_outbox')
      .column('due_at')
      .where(sql.ref('given_up_at'), 'is', null)
      .where(sql.ref('delivered_at'), 'is', null)
      .execute();
    for (const column of ['given_up_at', 'delivered_at']) {
      await schema
        .createIndex(`crm_outbox_${column}`)
        .on('crm_outbox')
        .column(column)
        .where(sql.ref(column), 'is not', null)
        .execute();
    }
    await schema.createIndex('crm_outbox_created').on('crm_outbox').column('created_at').execute();
  },
};
