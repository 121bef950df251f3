import { recordingForm, statusForms, type LabCall } from './call-facts.ts';
import { carrierRequest } from './http-request.ts';
import type { LoadResult } from './load.ts';
import { isKept, keptCalls } from './kept-calls.ts';

export interface CallWebhook {
  call: LabCall;
  /** Which of the call's four. */
  fact: number;
  request: Buffer;
}

/** Four signed webhooks of every call, as they would come from a carrier with all of the calls under way. */
export function webhooksOf(calls: readonly LabCall[]): CallWebhook[] {
  const forms = calls.map((call) => [...statusForms(call), recordingForm(call)]);
  return [0, 1, 2, 3].flatMap((fact) =>
    calls.map((call, index) => ({ call, fact, request: carrierRequest(forms[index]![fact]!) })),
  );
}

export interface Acknowledged {
  acknowledged: number;
  /** Of these, what the log does not know. */
  absent: number;
}

/** Holds the log against what was answered 2xx. */
export async function absentOf(
  url: string,
  sent: readonly CallWebhook[],
  { statuses }: Pick<LoadResult, 'statuses'>,
): Promise<Acknowledged> {
  const records = await keptCalls(url);
  const good = sent.filter((_, index) => statuses[index]! >= 200 && statuses[index]! < 300);
  return { acknowledged: good.length, absent: good.filter(({ call, fact }) => !isKept(records, call, fact)).length };
}
