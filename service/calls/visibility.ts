import type { CallRecord } from '../contract.ts';
import type { CallBase } from './call-record.ts';

/** Stands for every agent: of a call that reached nobody, since somebody has to call back. */
export const EVERY_AGENT = '';

/**
 * Ids of the agents in whose log this call stands: who placed it or took it; of an incoming call that no agent took,
 * all whose phones rang. Supervisors and admins see every call besides.
 */
export function viewersOf(base: CallBase, record: CallRecord): string[] {
  if (record.direction === 'outgoing') return [record.agent.id];
  const taken = record.status === 'open' || record.outcome === 'answered';
  if (taken && record.agent.id !== '') return [record.agent.id];
  const rung = (base.rung ?? []).map((agent) => agent.id);
  return rung.length > 0 ? [...new Set(rung)] : [EVERY_AGENT];
}

/** Whether this agent is a party of the call: who placed it, or took it. */
export function isParty(agentId: string, record: CallRecord): boolean {
  if (record.agent.id !== agentId) return false;
  return record.direction === 'outgoing' || record.status === 'open' || record.outcome === 'answered';
}
