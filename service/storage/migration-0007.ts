import { sql, type Kysely, type Migration } from 'kysely';
import { engineOf } from './engine.ts';

const BATCH = 5000;

/**
 * Names are looked for in `call_names`, whose ids go up with the beginning of the calls: a thousand for each millisecond.
 * Triggers keep it as `calls` is, whoever writes that.
 */
const SQLITE_NAMES = [
  `create table call_names (
     id integer primary key, call_id text not null unique, created_at text not null, name text not null)`,
  `create virtual table call_names_index using fts5(
     name, content='call_names', content_rowid='id', tokenize='trigram case_sensitive 1')`,
  `insert into call_names (id, call_id, created_at, name)
     select cast(round(unixepoch(created_at, 'subsec') * 1000) as integer) * 1000
            + row_number() over (partition by created_at order by call_id) - 1, call_id, created_at, name_folded
     from calls where name_folded <> ''`,
  `insert into call_names_index (call_names_index) values ('rebuild')`,
  `create trigger call_names_added after insert on call_names begin
     insert into call_names_index (rowid, name) values (new.id, new.name);
   end`,
  `create trigger call_names_removed after delete on call_names begin
     insert into call_names_index (call_names_index, rowid, name) values ('delete', old.id, old.name);
   end`,
  ...['insert', 'update of name_folded'].map((change) => {
    const update = change !== 'insert';
    return `create trigger calls_named_by_${change.slice(0, 6)} after ${change} on calls
     when ${update ? 'new.name_folded <> old.name_folded' : "new.name_folded <> ''"} begin
       ${update ? 'delete from call_names where call_id = new.call_id;' : ''}
       insert into call_names (id, call_id, created_at, name)
         select coalesce((select max(id) + 1 from call_names where id >= first and id < first + 1000), first),
                new.call_id, new.created_at, new.name_folded
         from (select cast(round(unixepoch(new.created_at, 'subsec') * 1000) as integer) * 1000 as first)
         where new.name_folded <> '';
     end`;
  }),
  `create trigger calls_unnamed after delete on calls begin
     delete from call_names where call_id = old.call_id;
   end`,
];

/**
 * Three letters and the month they were heard in are one number, as `monthlyGrams()` counts them: newer names are found
 * before older ones. No extension is needed, and the database's language has no say.
 */
const POSTGRES_NAMES = [
  // What a trigger names can be given another order no more.
  `alter table calls alter column name_folded type text collate "C"`,
  `create function almasar_grams(name text, id bigint) returns bigint[] language sql immutable strict parallel safe as $$
     select coalesce(array_agg(distinct
       (id / 2592000000000) * 1073741824
       + (ascii(substr(name, i, 1)) % 1024) * 1048576 + (ascii(substr(name, i + 1, 1)) % 1024) * 1024
       + ascii(substr(name, i + 2, 1)) % 1024), '{}')
     from generate_series(1, length(name) - 2) as i
   $$`,
  `create table call_names (
     id bigint primary key, call_id text collate "C" not null unique, created_at text collate "C" not null,
     name text collate "C" not null, grams bigint[] not null)`,
  `create index call_names_by_grams on call_names using gin (grams) with (fastupdate = off)`,
  `create function almasar_keep_name(of_call text, at text, name text) returns void language plpgsql as $$
     declare next bigint; first bigint := (extract(epoch from at::timestamptz) * 1000)::bigint * 1000;
     begin
       delete from call_names where call_id = of_call;
       if name = '' then return; end if;
       select max(id) + 1 into next from call_names where id >= first and id < first + 1000;
       next := coalesce(next, first);
       insert into call_names (id, call_id, created_at, name, grams)
         values (next, of_call, at, name, almasar_grams(name, next));
     end $$`,
  `create function almasar_name_changed() returns trigger language plpgsql as $$
     begin
       perform almasar_keep_name(new.call_id, new.created_at, new.name_folded);
       return null;
     end $$`,
  `create trigger calls_named_by_insert after insert on calls for each row
     when (new.name_folded <> '') execute function almasar_name_changed()`,
  `create trigger calls_named_by_update after update of name_folded on calls for each row
     when (new.name_folded <> old.name_folded) execute function almasar_name_changed()`,
  `create function almasar_call_deleted() returns trigger language plpgsql as $$
     begin
       delete from call_names where call_id = old.call_id;
       return null;
     end $$`,
  `create trigger calls_unnamed after delete on calls for each row execute function almasar_call_deleted()`,
];

/** What is in the audit stays there, whoever writes to the database. */
const SQLITE_AUDIT = ['update', 'delete'].map(
  (change) => `create trigger audit_kept_from_${change} before ${change} on audit begin
     select raise(abort, 'the audit is never changed');
   end`,
);
const POSTGRES_AUDIT = [
  `create function almasar_audit_kept() returns trigger language plpgsql as $$
     begin
       raise exception 'the audit is never changed';
     end $$`,
  `create trigger audit_kept before update or delete or truncate on audit
     for each statement execute function almasar_audit_kept()`,
];

interface Then {
  calls: { call_id: string; created_at: string; name_folded: string };
}

/** In steps, which need little memory however large the log is. */
async function keepPostgresNames(db: Kysely<Then>): Promise<void> {
  for (let last = ''; ;) {
    const { rows } = await sql<{ call_id: string }>`
      with batch as (select call_id, created_at, name_folded from calls
                    where call_id > ${last} order by call_id limit ${sql.lit(BATCH)})
      select call_id, almasar_keep_name(call_id, created_at, name_folded) from batch order by call_id`.execute(db);
    if (rows.length < BATCH) return;
    last = rows.at(-1)!.call_id;
  }
}

/** Indexes of the log, who did what (`audit`), and what the CRM is yet to be told (`crm_outbox`). */
export const operatorsLog: Migration = {
  async up(db: Kysely<Then>) {
    const postgres = engineOf(db) === 'postgres';
    for (const statement of postgres ? POSTGRES_NAMES : SQLITE_NAMES) await sql.raw(statement).execute(db);
    if (postgres) await keepPostgresNames(db);

    const { schema } = db;
    await schema.dropIndex('calls_by_number').execute();
    // An answer out of the index alone: a row of the log is large.
    await schema
      .createIndex('calls_by_number')
      .on('calls')
      .columns(['number_reversed', 'created_at', 'call_id'])
      .execute();
    for (const column of ['direction', 'outcome']) {
      await schema.createIndex(`calls_by_${column}`).on('calls').columns([column, 'created_at', 'call_id']).execute();
    }

    const numbered = postgres ? 'bigserial' : 'integer';
    await schema
      .createTable('audit')
      .addColumn('id', numbered, (c) => c.primaryKey())
      .addColumn('at', 'text', (c) => c.notNull())
      .addColumn('agent_id', 'text', (c) => c.notNull())
      .addColumn('role', 'text', (c) => c.notNull())
      .addColumn('action', 'text', (c) => c.notNull())
      .addColumn('subject', 'text', (c) => c.notNull())
      .addColumn('before', 'text')
      .addColumn('after', 'text')
      .addColumn('request_id', 'text', (c) => c.notNull())
      .execute();
    for (const column of ['agent_id', 'action', 'subject']) {
      await schema.createIndex(`audit_by_${column}`).on('audit').columns([column, 'id']).execute();
    }
    for (const statement of postgres ? POSTGRES_AUDIT : SQLITE_AUDIT) await sql.raw(statement).execute(db);
    await schema.createIndex('audit_by_time').on('audit').columns(['at', 'id']).execute();

    await schema
      .createTable('crm_outbox')
      .addColumn('id', numbered, (c) => c.primaryKey())
      .addColumn('event_id', 'text', (c) => c.notNull())
      .addColumn('call_id', 'text', (c) => c.notNull())
      .addColumn('body', 'text', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addColumn('attempts', 'integer', (c) => c.notNull().defaultTo(0))
      .addColumn('due_at', 'text', (c) => c.notNull())
      .addColumn('given_up_at', 'text')
      .execute();
    await schema.createIndex('crm_outbox_due').on('crm_outbox').columns(['given_up_at', 'due_at']).execute();
    await schema.createIndex('crm_outbox_by_call').on('crm_outbox').columns(['call_id', 'id']).execute();
  },
};
