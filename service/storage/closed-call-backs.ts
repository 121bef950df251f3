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
  outcome: string | null;
}

/** Those of such a number, once for each log in which they stand. */
const openOf = forEachRow<{ reversed: string }, OpenCallBack>({ reversed: 'text' }, (db, rows) =>
  db
    .selectFrom('calls')
    .innerJoin('call_agents', 'call_agents.call_id', 'calls.call_id')
    .select(['call_agents.agent_id', 'calls.number_reversed', 'calls.outcome'])
    .select(['calls.call_id', 'calls.call_sid', 'calls.call_back_set_at'])
    .where('calls.call_back_at', 'is not', null)
    .where('calls.call_back_done_at', 'is', null)
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

/** An agent and a customer speak, or did; not the telephone that calls are forwarded to, of whom nobody here knows. */
const isConversation = ({ status, outcome, agent }: CallRecord) =>
  (status === 'open' || outcome === 'answered') && agent.id !== '';

/** A conversation has begun, whoever asked for it. */
export function hasReached(before: CallRecord, record: CallRecord): boolean {
  return isConversation(record) && !isConversation(before);
}

/**
 * Whether a conversation of this agent is what was to come: what was promised is the word of who has it in the log, and
 * a colleague who speaks to the customer does not keep it; a customer whom nobody had answered, whoever speaks to is reached.
 */
function isKeptBy(agentId: string, { agent_id: viewer, outcome }: OpenCallBack): boolean {
  return viewer === agentId || viewer === EVERY_AGENT || outcome === 'missed' || outcome === 'voicemail';
}

/**
 * Closes the call-backs that these conversations are: those with the same number that were set before either called the
 * other, however late that is heard of. The legs of the calls whose records are another now.
 */
export async function closeCallBacks(trx: Transaction<Database>, reached: readonly CallRecord[]): Promise<string[]> {
  const asked = reached.flatMap((record) => {
    const reversed = reversedDigits(record.customer.number);
    // Of those who withhold their number, nobody knows who is who.
    return reversed === '' ? [] : [{ record, reversed }];
  });
  const found = await openOf(
    trx,
    [...new Set(asked.map(({ reversed }) => reversed))].map((reversed) => ({ reversed })),
  );
  const closed = new Map<string, { callSid: string; doneAt: string }>();
  for (const { record, reversed } of asked) {
    const at = record.answeredAt ?? record.endedAt ?? record.createdAt;
    for (const open of found) {
      const { call_id, call_sid } = open;
      const isIt = open.number_reversed === reversed && isKeptBy(record.agent.id, open);
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
