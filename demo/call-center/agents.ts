import type { Text } from './language.ts';

/** Somebody who works in the call centre. `id` becomes the `sub` of the auth token. */
export interface Agent {
  readonly id: string;
  readonly name: Text;
}

export const AGENTS: readonly Agent[] = [
  { id: 'mona', name: { ar: 'منى فؤاد', en: 'Mona Fouad' } },
  { id: 'karim', name: { ar: 'كريم عادل', en: 'Karim Adel' } },
];

export const DEFAULT_AGENT: Agent = AGENTS[0]!;

export function findAgent(id: string | undefined): Agent | undefined {
  return id === undefined ? DEFAULT_AGENT : AGENTS.find((agent) => agent.id === id);
}
