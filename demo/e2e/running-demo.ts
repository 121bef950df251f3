import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDemo, type Demo } from '../start-demo.ts';
import type { FarEnd } from '../sandbox/far-ends/far-end.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';

/** The demo in the test's own process, for tests that do something to the carrier. */
export interface RunningDemo extends Demo {
  sandbox: Sandbox;
  /** A customer calls; returns the SID of the customer's leg. */
  callIn(from: string, farEnd?: string | FarEnd): string;
  /** The customer gives up, or hangs up. */
  hangUpCustomer(callSid: string): Promise<void>;
  /** Legs of calls that the carrier has not ended. */
  liveLegs(): Promise<number>;
  close(): Promise<void>;
}

export async function startRunningDemo(environment: Record<string, string> = {}): Promise<RunningDemo> {
  const directory = mkdtempSync(join(tmpdir(), 'almasar-e2e-'));
  const demo = await startDemo({
    PORT: '0',
    LOG_LEVEL: 'silent',
    DATABASE_URL: `sqlite:${join(directory, 'demo.db')}`,
    ...environment,
  });
  const { sandbox } = demo;
  if (!sandbox) throw new Error('These tests run on the sandbox only.');
  const { accountSid, apiKey, apiSecret, callerIds } = demo.plan.config;
  const rest = `${sandbox.url}/2010-04-01/Accounts/${accountSid}`;
  const authorization = `Basic ${Buffer.from(`${apiKey}:${apiSecret}`).toString('base64')}`;
  return {
    ...demo,
    sandbox,
    callIn: (from, farEnd) =>
      sandbox.placeIncomingCall({ from, to: callerIds[0]!, ...(farEnd !== undefined && { farEnd }) }),
    async hangUpCustomer(callSid) {
      const body = new URLSearchParams({ Status: 'completed' });
      const answer = await fetch(`${rest}/Calls/${callSid}.json`, { method: 'POST', headers: { authorization }, body });
      if (!answer.ok) throw new Error(`Calls/${callSid}: ${answer.status} ${await answer.text()}`);
    },
    async liveLegs() {
      const { calls } = (await (await fetch(`${sandbox.url}/sandbox/calls`)).json()) as {
        calls: { endedAt: string | null }[];
      };
      return calls.filter(({ endedAt }) => endedAt === null).length;
    },
    async close() {
      await demo.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Waits until something holds, looking every 50 ms. Throws the sentence when it never does. */
export async function eventually(
  holds: () => boolean | Promise<boolean>,
  otherwise: string,
  ms = 15_000,
): Promise<void> {
  for (const end = Date.now() + ms; Date.now() < end;) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(otherwise);
}
