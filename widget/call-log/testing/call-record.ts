import type { CallRecord, Recording } from '../../../service/contract.ts';

/** For tests: the call `age` minutes before noon of 23 November 2026, an answered one unless told otherwise. */
export function callRecord(age: number, over: Partial<CallRecord> = {}): CallRecord {
  const createdAt = new Date(Date.UTC(2026, 10, 23, 12) - age * 60_000).toISOString();
  return {
    callId: `01931b4e-7c00-7000-8000-${String(age).padStart(12, '0')}`,
    direction: 'outgoing',
    status: 'ended',
    outcome: 'answered',
    agent: { id: 'mona', name: 'منى السيد' },
    customer: { number: `+20100${String(1_000_000 + age)}`, name: `عميل ${age}` },
    callerId: '+20223456789',
    createdAt,
    ringingAt: createdAt,
    answeredAt: createdAt,
    endedAt: createdAt,
    durationSeconds: 65,
    recordings: [],
    note: null,
    disposition: null,
    ...over,
  };
}

export function recordingOf(recordingSid: string, over: Partial<Recording> = {}): Recording {
  return { recordingSid, status: 'completed', durationSeconds: 2, channels: 2, ...over };
}

export function idsOf(calls: readonly CallRecord[]): string {
  return calls.map(({ callId }) => Number(callId.slice(-12))).join(' ');
}
