import type { Agent, CallLog, LogReader } from '../calls/ports.ts';
import { isParty } from '../calls/visibility.ts';
import { callId, type CallQuery, type CallRecord } from '../contract.ts';
import { ServiceError } from '../errors.ts';

/** Whose log this agent reads: supervisors and admins read everybody's, unless they ask for their own. */
export function readerOf(agent: Agent, log?: CallQuery['log']): LogReader {
  return agent.role === 'agent' || log === 'own' ? { agentId: agent.id } : 'everybody';
}

function noSuchCall(): ServiceError {
  return new ServiceError('not-found', 'There is no such call.');
}

/** A call that this agent may see, or the same 404 as for one that does not exist. */
export async function visibleCall(log: CallLog, agent: Agent, id: string): Promise<CallRecord> {
  const record = callId.safeParse(id).success ? await log.get(id, readerOf(agent)) : undefined;
  if (!record) throw noSuchCall();
  return record;
}

/** A call that this agent has, or the same 404 as for one that does not exist: nobody ends a colleague's call. */
export async function ownCall(log: CallLog, agent: Agent, id: string): Promise<CallRecord> {
  const record = await visibleCall(log, agent, id);
  if (!isParty(agent.id, record)) throw noSuchCall();
  return record;
}
