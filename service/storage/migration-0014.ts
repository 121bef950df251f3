import type { Kysely, Migration } from 'kysely';

/** Commands for phone windows, for as long as they are worth being told. */
export const phoneCommands: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('phone_commands')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('agent_id', 'text', (column) => column.notNull())
      .addColumn('command', 'text', (column) => column.notNull())
      .addColumn('at', 'text', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('phone_commands_by_time').on('phone_commands').column('at').execute();
  },
};
