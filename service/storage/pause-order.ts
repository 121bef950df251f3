import type { Transaction } from 'kysely';
import type { CallEvent, RecordingPauseEvent } from '../calls/call-event.ts';
import type { Database } from './schema.ts';

/** The latest word on a recording's pauses that is kept of a call; empty for none. */
async function latestWord(trx: Transaction<Database>, callSid: string): Promise<string> {
  const rows = await trx
    .selectFrom('call_events')
    .select('event')
    .where('call_sid', '=', callSid)
    .where('key', 'like', 'recording-pause|%')
    .execute();
  const times = rows.map(({ event }) => (JSON.parse(event) as RecordingPauseEvent).firedAt);
  return times.sort().at(-1) ?? '';
}

/**
 * Dates each pause after those of its call that are kept: nodes whose clocks differ take them in one after the other,
 * and that order counts. To be had under lockLog.
 */
export async function datePauses(trx: Transaction<Database>, events: readonly CallEvent[]): Promise<CallEvent[]> {
  const latest = new Map<string, string>();
  const dated: CallEvent[] = [];
  for (const event of events) {
    if (event.kind !== 'recording-pause') {
      dated.push(event);
      continue;
    }
    const { callSid } = event;
    const before = latest.get(callSid) ?? (await latestWord(trx, callSid));
    const firedAt = event.firedAt > before ? event.firedAt : new Date(Date.parse(before) + 1).toISOString();
    latest.set(callSid, firedAt);
    dated.push({ ...event, firedAt });
  }
  return dated;
}
