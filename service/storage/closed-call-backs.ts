import type { Transaction, UpdateResult } from 'kysely';
import { reversedDigits } from '../calls/call-search.ts';
import { EVERY_AGENT } from '../calls/visibility.ts';
import type { CallRecord } from '../contract.ts';
import { writeAudit } from './audit.ts';
import { forEachRow } from './for-each-row.ts';
import type { Database } from './schema.ts';

interface OpenCallBack {
  agent_id: string;
  number_reversed: string;
  call_id: string;
  call_sid: string;
  call_back_set_at: string | null;
}

/** Those in such a log and of such a number, though perhaps not of both in one row. */
const openOf = forEachRow<{ agentId: string; reversed: string }, OpenCallBack>(
  { agentId: 'text', reversed: 'text' },
  (db, rows) =>
    db
      .selectFrom('call_agents')
      .innerJoin('calls', 'calls.call_id', 'call_agents.call_id')
      .select(['call_agents.agent_id', 'calls.number_reversed'])
      .select(['calls.call_id', 'calls.call_sid', 'calls.call_back_set_at'])
      .where('call_agents.call_back_at', 'is not', null)
      .where(rows.among('call_agents.agent_id', 'agentId'))
      .where(rows.among('calls.number_reversed', 'reversed')),
);

const close = forEachRow<{ callId: string; doneAt: string }, UpdateResult>(
  { callId: 'text', doneAt: 'text' },
  (db, rows) =>
    rows
      .over(db.updateTable('calls'))
      .set({ call_back_done_at: rows.value('doneAt') })
      .where(rows.among('call_id', 'callId'))
      .where('call_id', '=', rows.value('callId')),
);

const isAnswered = ({ status, outcome }: CallRecord) => status === 'open' || outcome === 'answered';

/** A conversation that an agent asked for has begun. */
export function hasReached(before: CallRecord, record: CallRecord): boolean {
  return record.direction === 'outgoing' && isAnswered(record) && !isAnswered(before);
}

/**
 * Closes the call-backs that these conversations are: those with the same number, in the same agent's log or in
 * everybody's, that were set before the agent called, however late that is heard of. The legs of the calls whose records are another now.
 */
export async function closeCallBacks(trx: Transaction<Database>, reached: readonly CallRecord[]): Promise<string[]> {
  const asked = reached.flatMap((record) => {
    const reversed = reversedDigits(record.customer.number);
    return [record.agent.id, EVERY_AGENT].map((agentId) => ({ record, agentId, reversed }));
  });
  const found = await openOf(
    trx,
    asked.map(({ agentId, reversed }) => ({ agentId, reversed })),
  );
  const closed = new Map<string, { callSid: string; doneAt: string }>();
  for (const { record, agentId, reversed } of asked) {
    const at = record.answeredAt ?? record.endedAt ?? record.createdAt;
    for (const { call_id, call_sid, ...open } of found) {
      const isIt = open.agent_id === agentId && open.number_reversed === reversed;
      const calledBefore = call_id === record.callId || (open.call_back_set_at ?? '') > record.createdAt;
      if (!isIt || calledBefore || closed.has(call_id)) continue;
      closed.set(call_id, { callSid: call_sid, doneAt: at });
      await writeAudit(trx, {
        agentId: record.agent.id,
        role: null,
        requestId: '',
        at,
        action: 'call-changed',
        subject: call_id,
        before: { callBackDoneAt: null },
        after: { callBackDoneAt: at, calledBackBy: record.callId },
      });
    }
  }
  await close(
    trx,
    [...closed].map(([callId, { doneAt }]) => ({ callId, doneAt })),
  );
  return [...closed.values()].map(({ callSid }) => callSid);
}
