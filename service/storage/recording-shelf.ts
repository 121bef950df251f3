import type { RecordingShelf } from '../calls/recordings.ts';
import type { Store } from './store.ts';

export function createRecordingShelf({ db, write }: Store): RecordingShelf {
  return {
    async notTakenUp(limit) {
      const rows = await db
        .selectFrom('calls')
        .select(['call_sid', 'recordings_made'])
        .whereRef('recordings_made', '>', 'recordings_copied')
        .orderBy('created_at')
        .limit(limit)
        .execute();
      return rows.map(({ call_sid, recordings_made }) => ({ callSid: call_sid, made: recordings_made }));
    },

    async takenUp(callSid, made) {
      await write((trx) =>
        trx.updateTable('calls').set({ recordings_copied: made }).where('call_sid', '=', callSid).execute(),
      );
    },

    async olderThan(time, limit) {
      const rows = await db
        .selectFrom('calls')
        .select('call_sid')
        .where('recordings_kept', '>', 0)
        .where('created_at', '<', time.toISOString())
        .orderBy('created_at')
        .limit(limit)
        .execute();
      return rows.map(({ call_sid }) => call_sid);
    },
  };
}
