import { sql } from 'kysely';
import type { News } from '../calls/ports.ts';
import type { PhoneReport } from '../contract.ts';
import type { LocalFeed } from './feed.ts';
import { listenForNotices } from './listener.ts';
import { followLog } from './log-follower.ts';
import { createNoticeWriter, LOG_NEWS, NEWS_CHANNEL } from './notices.ts';
import type { OpenFeed } from './open-feed.ts';
import type { ReportTrouble } from './postgres-database.ts';
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

/** Over PostgreSQL's LISTEN and NOTIFY. Changes of calls are read from the log; other news travel as they are. */
export async function openSharedFeed(
  store: Store,
  databaseUrl: string,
  local: LocalFeed,
  report: ReportTrouble,
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
      tellPhones(store, local).catch((error: unknown) => report('the phones could not be read', error));
    },
  }).catch(async (error: unknown) => {
    await follower.stop();
    throw error;
  });

  async function tellOthers(topic: string, news: News): Promise<void> {
    const parts = notices.payloadsOf({ topic, news }).map((payload) => sql`pg_notify(${NEWS_CHANNEL}, ${payload})`);
    try {
      await sql`select ${sql.join(parts)}`.execute(store.db);
    } catch (error) {
      report('the other nodes could not be told of news', error);
    }
  }

  let sending = Promise.resolve();
  return {
    subscribe: (topic, listener) => local.subscribe(topic, listener),
    publish(topic, news) {
      if (news.kind === 'call') return follower.wake();
      local.publish(topic, news);
      // In one line: of two reports of one phone, the later one counts.
      sending = sending.then(() => tellOthers(topic, news));
    },
    async close() {
      await listener.stop();
      await sending;
      await follower.stop();
    },
  };
}
