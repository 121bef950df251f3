import { sql } from 'kysely';
import type { PhoneCommand, PhoneReport } from '../contract.ts';
import type { LocalFeed } from './feed.ts';
import { listenForNotices } from './listener.ts';
import { followLog } from './log-follower.ts';
import { createNoticeWriter, LOG_NEWS, NEWS_CHANNEL } from './notices.ts';
import { COMMAND_LIVES_MS, type FeedOptions, type OpenFeed } from './open-feed.ts';
import type { Store } from './store.ts';

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
export async function openSharedFeed(
  store: Store,
  local: LocalFeed,
  { databaseUrl, report, clock }: Pick<FeedOptions, 'databaseUrl' | 'report' | 'clock'>,
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
