import { randomUUID } from 'node:crypto';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import type { CallPage, CallRecord } from '../contract.ts';
import { startProgram, type Program } from './program.ts';
import { AUTH_TOKEN, crmToken, environment } from './test-service.ts';

export interface KillDuringPostsOptions {
  /** Where the process runs; its database too. */
  directory: string;
  /** Signed webhooks in all; four of each call. */
  posts: number;
  /** The process is killed after so many have been answered with 2xx. */
  killAfter: number;
}

export interface KillDuringPostsResult {
  /** Answered with 2xx before the kill. */
  acknowledged: number;
  /** Of these, what the log does not know after the restart: must be empty. */
  lost: string[];
  /** What the log does not know after everything was sent again, as the carrier does: must be empty. */
  missing: string[];
  /** From the start of the new process to its first answer, in milliseconds. */
  restartMs: number;
}

/** How many are under way at once. */
const AT_ONCE = 16;

async function end({ child, ended }: Program, signal: NodeJS.Signals): Promise<void> {
  child.kill(signal);
  await ended;
}

interface Fact {
  callId: string;
  name: string;
  path: string;
  fields: Record<string, string>;
  isKnown: (record: CallRecord) => boolean;
}

const sid = (kind: string, number: number) => kind + number.toString(16).padStart(32, '0');

/** Four facts of one call, each of which can be seen in its record. */
function factsOf(callId: string, index: number): Fact[] {
  const parent = sid('CA', 2 * index);
  const status = (name: string, sequence: number, isKnown: Fact['isKnown'], more = {}): Fact => ({
    callId,
    name: `${callId} ${name}`,
    path: '/api/calls/webhook/status',
    fields: {
      CallSid: sid('CA', 2 * index + 1),
      ParentCallSid: parent,
      CallStatus: name,
      SequenceNumber: String(sequence),
      Timestamp: `Mon, 23 Nov 2026 10:00:0${sequence} +0000`,
      ...more,
    },
    isKnown,
  });
  return [
    status('ringing', 1, (record) => record.ringingAt !== null),
    status('in-progress', 2, (record) => record.answeredAt !== null),
    status('completed', 3, (record) => record.durationSeconds === 21, { CallDuration: '21', SipResponseCode: '200' }),
    {
      callId,
      name: `${callId} recording`,
      path: '/api/calls/webhook/recording',
      fields: {
        CallSid: parent,
        RecordingSid: sid('RE', index),
        RecordingStatus: 'completed',
        RecordingDuration: '20',
      },
      isKnown: (record) => record.recordings[0]?.status === 'completed',
    },
  ];
}

/**
 * The promise behind every 2xx: the real process is killed (kill -9) in the middle of signed webhooks over HTTP, started
 * again on the same database, and its log is held against what it had acknowledged.
 */
export async function killDuringPosts(options: KillDuringPostsOptions): Promise<KillDuringPostsResult> {
  const { directory, posts, killAfter } = options;
  const settings = environment({ DATABASE_URL: 'sqlite:./calls.db', LOG_LEVEL: 'info' });
  const publicUrl = settings['PUBLIC_URL']!;
  const bearer = await crmToken({ sub: 'boss', role: 'supervisor' });
  // Several, since one agent asks for so many calls a minute and no more.
  const agents = Array.from({ length: Math.ceil(posts / 200) + 1 }, (_, index) => `agent${index}`);
  const tokens = await Promise.all(agents.map((sub) => crmToken({ sub })));
  let service = await startProgram(settings, directory);

  async function ask(path: string, init: RequestInit): Promise<Response> {
    return fetch(service.url + path, { ...init, signal: AbortSignal.timeout(30_000) });
  }

  function post(path: string, fields: Record<string, string>): Promise<Response> {
    const all = { AccountSid: settings['TWILIO_ACCOUNT_SID']!, ...fields };
    const signature = getExpectedTwilioSignature(AUTH_TOKEN, publicUrl + path, all);
    return ask(path, { method: 'POST', headers: { 'x-twilio-signature': signature }, body: new URLSearchParams(all) });
  }

  async function open(index: number): Promise<string> {
    const callId = randomUUID();
    const turn = index % agents.length;
    const headers = { authorization: `Bearer ${tokens[turn]}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ callId, to: '01001234500' });
    const intent = await ask('/api/calls', { method: 'POST', headers, body });
    const fields = { CallSid: sid('CA', 2 * index), From: `client:${agents[turn]}`, CallId: callId };
    const twiml = await (await post('/api/calls/twiml/outbound', fields)).text();
    if (!twiml.includes('<Dial')) throw new Error(`The call was not placed: ${intent.status} ${twiml}`);
    return callId;
  }

  /** Does the works, so many at once; ends early when `enough` says so. */
  async function together(works: (() => Promise<void>)[], enough = () => false): Promise<void> {
    const queue = works.values();
    async function line(): Promise<void> {
      for (const work of queue) {
        if (enough()) return;
        await work();
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, line));
  }

  async function known(): Promise<Map<string, CallRecord>> {
    const records = new Map<string, CallRecord>();
    for (let cursor: string | null = ''; cursor !== null;) {
      const query = new URLSearchParams({ limit: '100', ...(cursor && { cursor }) }).toString();
      const answer = await ask(`/api/calls?${query}`, { headers: { authorization: `Bearer ${bearer}` } });
      const page = (await answer.json()) as CallPage;
      for (const record of page.calls) records.set(record.callId, record);
      cursor = page.nextCursor;
    }
    return records;
  }

  async function unknownOf(facts: readonly Fact[]): Promise<string[]> {
    const records = await known();
    const isLost = ({ callId, isKnown }: Fact) => !records.has(callId) || !isKnown(records.get(callId)!);
    return facts.filter(isLost).map(({ name }) => name);
  }

  try {
    const facts: Fact[] = [];
    const calls = Array.from({ length: Math.ceil(posts / 4) }, (_, index) => index);
    await together(calls.map((index) => async () => void facts.push(...factsOf(await open(index), index))));

    const acknowledged: Fact[] = [];
    let killed: Promise<void> | undefined;
    const posted = facts.map((fact) => async () => {
      const answer = await post(fact.path, fact.fields).catch(() => undefined);
      // An answer that arrives after the signal was sent is a promise like any other.
      if (answer?.ok) acknowledged.push(fact);
      if (acknowledged.length >= killAfter) killed ??= end(service, 'SIGKILL');
    });
    await together(posted, () => killed !== undefined);
    await (killed ??= end(service, 'SIGKILL'));

    const start = performance.now();
    service = await startProgram(settings, directory);
    await ask('/healthz', {});
    const restartMs = Math.round(performance.now() - start);
    const lost = await unknownOf(acknowledged);
    await together(facts.map((fact) => async () => void (await post(fact.path, fact.fields))));
    return { acknowledged: acknowledged.length, lost, missing: await unknownOf(facts), restartMs };
  } finally {
    await end(service, 'SIGTERM');
  }
}
