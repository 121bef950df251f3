import { sql, type Kysely } from 'kysely';
import type { Clock, Feed, News } from '../calls/ports.ts';
import type { PhoneCommand, PhoneReport } from '../contract.ts';
import { createFeed, type LocalFeed } from './feed.ts';
import { listenForNotices } from './listener.ts';
import { followLog } from './log-follower.ts';
import { createNoticeWriter, LOG_NEWS, NEWS_CHANNEL } from './notices.ts';
import type { ReportTrouble } from './postgres-database.ts';
import type { Database } from './schema.ts';
import type { Store } from './store.ts';

/** News for the listeners of this node, from whichever node of the database they come. */
export interface OpenFeed extends Feed {
  /** Tells the other nodes, once this transaction is committed. Of calls they hear by the log. */
  announce(trx: Kysely<Database>, topic: string, news: News): Promise<void>;
  /** Before the store is closed. */
  close(): Promise<void>;
}

/** A command that could not be told for so long is forgotten: nobody waits for it any more. */
export const COMMAND_LIVES_MS = 10_000;

const PHONE_TOPIC = 'phone:';

/** The windows of all agents who listen here, as they are now: news of them may have been missed. */
async function tellPhones({ db }: Store, local: LocalFeed): Promise<void> {
  const rows = await db
    .selectFrom('phones')
    .select(['agent_id', 'holder', 'available', 'state'])
    .where('place', '=', 'window')
    .execute();
  const windows = new Map(rows.map((row) => [row.agent_id, row]));
  for (const topic of local.topics()) {
    if (!topic.startsWith(PHONE_TOPIC)) continue;
    const row = windows.get(topic.slice(PHONE_TOPIC.length));
    const report: PhoneReport | null = row
      ? {
          holder: row.holder,
          place: 'window',
          available: row.available === 1,
          state: JSON.parse(row.state) as PhoneReport['state'],
        }
      : null;
    local.publish(topic, { kind: 'phone', report });
  }
}

/** The same feed; a command that comes again is told once. */
function obeyingOnce(feed: LocalFeed): LocalFeed {
  const told = new Set<string>();
  return {
    ...feed,
    publish(topic, news) {
      if (news.kind === 'phone-command') {
        const { id } = news.command;
        if (told.has(id)) return;
        told.add(id);
        setTimeout(() => told.delete(id), 2 * COMMAND_LIVES_MS).unref();
      }
      feed.publish(topic, news);
    },
  };
}

/** Commands that this node may not have heard of. */
async function tellCommands({ db }: Store, local: LocalFeed, now: Date): Promise<void> {
  const since = new Date(now.getTime() - COMMAND_LIVES_MS).toISOString();
  const rows = await db
    .selectFrom('phone_commands')
    .select(['agent_id', 'command'])
    .where('at', '>', since)
    .orderBy('at')
    .execute();
  for (const { agent_id, command } of rows) {
    local.publish(PHONE_TOPIC + agent_id, { kind: 'phone-command', command: JSON.parse(command) as PhoneCommand });
  }
}

/** Over PostgreSQL's LISTEN and NOTIFY. Changes of calls are read from the log; other news travel as they are. */
async function openSharedFeed(
  store: Store,
  local: LocalFeed,
  { databaseUrl, report, clock }: FeedOptions,
): Promise<OpenFeed> {
  const notices = createNoticeWriter();
  const follower = await followLog(store.db, local, report);
  const listener = await listenForNotices({
    databaseUrl,
    channel: NEWS_CHANNEL,
    report,
    onNotice(payload) {
      if (payload === LOG_NEWS) return follower.wake();
      const notice = notices.read(payload);
      if (notice) local.publish(notice.topic, notice.news);
    },
    onReturn() {
      notices.forget();
      follower.wake();
      Promise.all([tellPhones(store, local), tellCommands(store, local, clock())]).catch((error: unknown) =>
        report('the phones could not be read', error),
      );
    },
  }).catch(async (error: unknown) => {
    await follower.stop();
    throw error;
  });

  return {
    async announce(trx, topic, news) {
      const parts = notices.payloadsOf({ topic, news }).map((payload) => sql`pg_notify(${NEWS_CHANNEL}, ${payload})`);
      await sql`select ${sql.join(parts)}`.execute(trx);
    },
    subscribe: (topic, listener) => local.subscribe(topic, listener),
    publish(topic, news) {
      if (news.kind === 'call') return follower.wake();
      local.publish(topic, news);
    },
    async close() {
      await listener.stop();
      await follower.stop();
    },
  };
}

export interface FeedOptions {
  databaseUrl: string;
  onListenerError: (error: unknown) => void;
  report: ReportTrouble;
  clock: Clock;
}

/** The feed that fits the engine: within this process for SQLite, between all nodes for PostgreSQL. */
export async function openFeed(store: Store, options: FeedOptions): Promise<OpenFeed> {
  const local = obeyingOnce(createFeed(options.onListenerError));
  if (store.engine === 'postgres') return openSharedFeed(store, local, options);
  return { ...local, announce: () => Promise.resolve(), close: () => Promise.resolve() };
}
