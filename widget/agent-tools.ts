import type { CallRecord } from '../service/contract.ts';
import type { AgentTools, RecentCall } from './core/dialer.ts';
import { createAudio } from './phone/audio/create-audio.ts';
import { startLineCheck, type LineCheckInput } from './phone/line-check/line-check.ts';
import type { ServiceClient } from './service-client.ts';
import { createWrapUpOutbox } from './wrap-up-outbox.ts';

const RECENT = 30;

export interface AgentToolsOptions extends LineCheckInput {
  client: ServiceClient;
  /** Names service and agent: what is kept on this computer is theirs. */
  key: string;
}

function recent({ callId, direction, customer, outcome, unrecorded, createdAt }: CallRecord): RecentCall {
  const { number, name } = customer;
  return { callId, direction, number, name, outcome, record: !unrecorded, at: Date.parse(createdAt) };
}

/** Recent calls, wrap-up, devices and the check of the line: the same in every tab, loaded when first needed. */
export function createAgentTools(options: AgentToolsOptions): AgentTools & { close(): void } {
  const { client, key } = options;
  const outbox = createWrapUpOutbox({
    key,
    storage: localStorage,
    page: window,
    locks: (navigator as { locks?: LockManager }).locks,
    send: async (callId, { note, disposition }) => void (await client.changeCall(callId, { note, disposition })),
  });
  return {
    saveWrapUp: (callId, wrapUp) => outbox.save(callId, wrapUp),
    recentCalls: async () => (await client.newestCalls(RECENT)).map(recent),
    dispositions: async () => (await client.settings()).dispositions,
    audio: () => Promise.resolve(createAudio(options)),
    checkLine: () => Promise.resolve(startLineCheck(options)),
    close: () => outbox.close(),
  };
}
