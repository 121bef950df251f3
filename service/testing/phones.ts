import { randomUUID } from 'node:crypto';
import type { PhoneReport } from '../contract.ts';
import type { AgentRequest, TestService } from './test-service.ts';

/** An agent's phone reports; returns its holder. */
export async function reportPhone(
  service: TestService,
  agent: AgentRequest = {},
  report: Partial<PhoneReport> = {},
): Promise<string> {
  const body = { holder: randomUUID(), place: 'page', available: true, state: null, ...report };
  const answer = await service.asAgent('/api/calls/phone', { ...agent, method: 'PUT', body });
  if (answer.status !== 204) throw new Error(`report refused: ${answer.status} ${await answer.text()}`);
  return body.holder;
}
