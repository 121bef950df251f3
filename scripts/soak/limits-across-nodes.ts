import { setTimeout as delay } from 'node:timers/promises';
import { intentRequest, labCall, questionForm, type LabCall } from '../service-lab/call-facts.ts';
import { agentRequest, carrierRequest, crmToken } from '../service-lab/http-request.ts';
import { load, loadAllGood, tally } from '../service-lab/load.ts';
import { runService, type RunningProgram } from '../service-lab/running-program.ts';
import { labSettings } from '../service-lab/settings.ts';
import type { Soak } from './soak-step.ts';

/** Limits count in minutes of the clock: far enough from the next one. */
async function earlyInTheMinute(): Promise<void> {
  const second = (Date.now() / 1000) % 60;
  if (second > 40) await delay(1000 * (60.5 - second));
}

/** The same requests at every node at once: the statuses of all. */
async function everywhere(nodes: readonly RunningProgram[], requests: readonly Buffer[]): Promise<number[]> {
  const results = await Promise.all(nodes.map((node) => load(node.port, requests, { connections: 16 })));
  return results.flatMap(({ statuses }) => [...statuses]);
}

const accepted = (statuses: readonly number[]) => statuses.filter((status) => status >= 200 && status < 300).length;

/** Of two calls that are asked for before either is under way, the second is met where it would begin. */
async function firstCallOnly(soak: Soak, what: string, settings: Record<string, string>): Promise<void> {
  const service = await runService({ ...settings, DATABASE_URL: await soak.postgresUrl() });
  soak.atEnd(() => service.kill());
  const { port } = service;
  const [first, second] = [labCall(1, 'busy'), labCall(2, 'busy')];
  await loadAllGood(port, [intentRequest(first), intentRequest(second)], { connections: 1 });
  const question = async (call: LabCall, expect: string) =>
    (await load(port, [carrierRequest(questionForm(call, call.agent))], { expect })).statuses[0];
  const [dials, refuses] = [await question(first, '<Dial'), await question(second, '<Say')];
  const third = (await load(port, [intentRequest(labCall(3, 'busy'))])).statuses[0];
  const figure = `${dials} dials, ${refuses} says why, then ${third}`;
  soak.check(`${what}: the first, the second, a third`, figure, figure === '200 dials, 200 says why, then 429');
}

/** Check 23, and of check 8 the limits. */
export const limitsAcrossNodes = {
  title: 'Limits over two nodes on one PostgreSQL',
  async work(soak: Soak) {
    const settings = labSettings({
      DATABASE_URL: await soak.postgresUrl(),
      LOG_LEVEL: 'warn',
      CALLS_PER_MINUTE_AGENT: '10',
      CALLS_AT_ONCE_AGENT: '1000',
    });
    const nodes = await Promise.all([runService(settings), runService(settings)]);
    soak.atEnd(() => Promise.all(nodes.map((node) => node.kill())));

    await earlyInTheMinute();
    const intents = (agent: string, count: number) =>
      Array.from({ length: count }, (_, index) => intentRequest(labCall(index, agent)));
    const byNode = await Promise.all(nodes.map((node) => load(node.port, intents('eager', 30), { connections: 16 })));
    const dialled = byNode.flatMap(({ statuses }) => [...statuses]);
    soak.say('60 dial intents of one agent in a minute, over both nodes', tally(dialled));
    soak.check('accepted (10 a minute)', accepted(dialled), accepted(dialled) === 10);

    await earlyInTheMinute();
    const token = agentRequest(crmToken({ sub: 'hasty' }), 'POST', '/api/calls/token');
    const tokens = await everywhere(
      nodes,
      Array.from({ length: 50 }, () => token),
    );
    soak.say('100 access tokens of one agent in a minute, over both nodes', tally(tokens));
    soak.check('given (30 a minute)', accepted(tokens), accepted(tokens) === 30);

    const admin = crmToken({ sub: 'root', role: 'admin' });
    const block = agentRequest(admin, 'PUT', '/api/calls/blocked-agents/blocked', { reason: 'test' });
    const { statuses } = await load(nodes[0].port, [block]);
    const begun = performance.now();
    let refused = false;
    while (!refused && performance.now() - begun < 5000) {
      const answer = await load(nodes[1].port, [intentRequest(labCall(1, 'blocked'))], { expect: 'agent-blocked' });
      refused = [403, 422].includes(answer.statuses[0]!);
    }
    const after = performance.now() - begun;
    soak.check(
      'an agent blocked on one node, refused on the other (≤ 1 s)',
      `${statuses[0]}, ${after.toFixed(0)} ms`,
      refused && after <= 1000,
    );

    await firstCallOnly(soak, 'one call at once', { ...settings, CALLS_AT_ONCE_AGENT: '1' });
    // A minute is paid for, a second one is not.
    const budget = { RATES: 'EG:0.10', SPEND_LIMIT_AGENT_DAY: '0.15' };
    await firstCallOnly(soak, 'a budget of a minute and a half', { ...settings, ...budget });
  },
};
