import type { CallPage, CallRecord } from '../../service/contract.ts';
import { crmToken } from './http-request.ts';
import type { LabCall } from './call-facts.ts';

async function pageOf(url: string, query: Record<string, string>, bearer: string): Promise<CallPage> {
  const address = `${url}/api/calls?${new URLSearchParams(query).toString()}`;
  const answer = await fetch(address, { headers: { authorization: `Bearer ${bearer}` } });
  if (!answer.ok) throw new Error(`The log was answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as CallPage;
}

/** Every record of the log, as a supervisor reads it. */
export async function keptCalls(url: string): Promise<Map<string, CallRecord>> {
  const bearer = crmToken({ sub: 'boss', role: 'supervisor' });
  const records = new Map<string, CallRecord>();
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: CallPage = await pageOf(url, { limit: '100', ...(cursor && { cursor }) }, bearer);
    for (const record of page.calls) records.set(record.callId, record);
    cursor = page.nextCursor;
  }
  return records;
}

/** What each of the four webhooks of a call (its status forms, then its recording) leaves in the record. */
const TRACES: ((record: CallRecord) => boolean)[] = [
  (record) => record.ringingAt !== null,
  (record) => record.answeredAt !== null,
  (record) => record.durationSeconds === 21,
  (record) => record.recordings[0]?.status === 'completed',
];

/** Whether the log knows what the webhook number `fact` of a call said. */
export function isKept(records: ReadonlyMap<string, CallRecord>, call: LabCall, fact: number): boolean {
  const record = records.get(call.callId);
  return record !== undefined && TRACES[fact]!(record);
}
