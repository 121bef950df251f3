import { carrierRequest, crmToken } from './http-request.ts';
import { intentRequest, labCall, questionForm, type LabCall } from './call-facts.ts';
import { loadAllGood } from './load.ts';

let made = 0;

/** Dial intents of new calls, each answered 201. Agents are many, so that no limit of requests is met. */
export async function makeIntents(port: number, count: number): Promise<LabCall[]> {
  const calls = Array.from({ length: count }, () => labCall(made, `agent${made++ % 5000}`));
  const bearers = new Map<string, string>();
  const requests = calls.map((call) => {
    const bearer = bearers.get(call.agent) ?? crmToken({ sub: call.agent });
    bearers.set(call.agent, bearer);
    return intentRequest(call, bearer);
  });
  await loadAllGood(port, requests, { expect: '"callerId"' });
  return calls;
}

/** The carrier's questions for calls, as requests. */
export function questions(calls: readonly LabCall[]): Buffer[] {
  // Letters and digits stand for themselves in an identity.
  return calls.map((call) => carrierRequest(questionForm(call, call.agent)));
}

/** An intent lives for half a minute: so many are made and asked about within it on a slow machine too. */
const AT_ONCE = 500;

/** Calls of which the service has answered the question what to do: they stand in the log. */
export async function placeCalls(port: number, count: number): Promise<LabCall[]> {
  const placed: LabCall[] = [];
  while (placed.length < count) {
    const calls = await makeIntents(port, Math.min(AT_ONCE, count - placed.length));
    await loadAllGood(port, questions(calls), { expect: '<Dial' });
    placed.push(...calls);
  }
  return placed;
}
