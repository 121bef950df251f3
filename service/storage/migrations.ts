import type { Kysely, Migration, MigrationProvider } from 'kysely';
import { engineOf } from './engine.ts';
import { agentsDay } from './migration-0003.ts';
import { logRevision } from './migration-0004.ts';
import { dialLimits } from './migration-0005.ts';
import { recordings } from './migration-0006.ts';
import { operatorsLog } from './migration-0007.ts';
import { installation } from './migration-0008.ts';
import { reconciliation } from './migration-0009.ts';
import { requestCounts } from './migration-0010.ts';
import { openCalls } from './migration-0012.ts';
import { dialedAtOnce } from './migration-0013.ts';
import { phoneCommands } from './migration-0014.ts';
import { eventsByCall } from './migration-0015.ts';
import { ownNames } from './migration-0016.ts';
import { deliveredEvents } from './migration-0025.ts';
import { outgoingStop } from './migration-0050.ts';
import { callBacks } from './migration-0051.ts';
import { callBacksByNumber } from './migration-0052.ts';
import type { MigrationName } from './migration-names.ts';

const callLog: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('intents')
      .addColumn('call_id', 'text', (column) => column.primaryKey())
      .addColumn('identity', 'text', (column) => column.notNull())
      .addColumn('intent', 'text', (column) => column.notNull())
      .addColumn('expires_at', 'text', (column) => column.notNull())
      .addColumn('taken_by', 'text')
      .execute();
    await db.schema
      .createTable('calls')
      .addColumn('call_id', 'text', (column) => column.primaryKey())
      .addColumn('call_sid', 'text', (column) => column.notNull().unique())
      .addColumn('agent_id', 'text', (column) => column.notNull())
      .addColumn('created_at', 'text', (column) => column.notNull())
      .addColumn('base', 'text', (column) => column.notNull())
      .addColumn('record', 'text', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('calls_by_agent').on('calls').columns(['agent_id', 'created_at', 'call_id']).execute();
    await db.schema
      .createTable('call_events')
      // SQLite numbers an integer primary key by itself.
      .addColumn('id', engineOf(db) === 'postgres' ? 'bigserial' : 'integer', (column) => column.primaryKey())
      .addColumn('key', 'text', (column) => column.notNull().unique())
      .addColumn('call_sid', 'text', (column) => column.notNull())
      .addColumn('event', 'text', (column) => column.notNull())
      .addColumn('received_at', 'text', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('call_events_by_call').on('call_events').column('call_sid').execute();
  },
};

const callRevision: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .alterTable('calls')
      .addColumn('revision', engineOf(db) === 'postgres' ? 'bigint' : 'integer', (column) =>
        column.notNull().defaultTo(0),
      )
      .execute();
    await db.schema.createIndex('calls_by_revision').on('calls').column('revision').execute();
  },
};

/** A migration that has landed is never changed. */
const all: Record<MigrationName, Migration> = {
  '0001-call-log': callLog,
  '0002-call-revision': callRevision,
  '0003-agents-day': agentsDay,
  '0004-log-revision': logRevision,
  '0005-dial-limits': dialLimits,
  '0006-recordings': recordings,
  '0007-operators-log': operatorsLog,
  '0008-installation': installation,
  '0009-reconciliation': reconciliation,
  '0010-request-counts': requestCounts,
  '0012-open-calls': openCalls,
  '0013-dialed-at-once': dialedAtOnce,
  '0014-phone-commands': phoneCommands,
  '0015-events-by-call': eventsByCall,
  '0016-own-names': ownNames,
  '0025-delivered-events': deliveredEvents,
  '0050-outgoing-stop': outgoingStop,
  '0051-call-backs': callBacks,
  '0052-call-backs-by-number': callBacksByNumber,
};

export const migrations: MigrationProvider = { getMigrations: () => Promise.resolve(all) };
