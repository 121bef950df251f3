import { setTimeout as delay } from 'node:timers/promises';
import type { CallRecord } from '../../service/contract.ts';
import { keptCalls } from '../service-lab/kept-calls.ts';
import type { RunningProgram } from '../service-lab/running-program.ts';
import { legsOf, type SandboxCarrier } from '../service-lab/sandbox-carrier.ts';
import type { Soak } from './soak-step.ts';

export interface TruthWanted {
  service: RunningProgram;
  carrier: SandboxCarrier;
  calls: number;
  /** From when seconds are counted (epoch, milliseconds). */
  ended: number;
  withRecordings: boolean;
}

/** Seconds until every call stands in the log as the carrier has it; infinity after five and a half minutes. */
export async function truthOf(soak: Soak, { service, carrier, calls, ended, withRecordings }: TruthWanted) {
  const talked = (await legsOf(carrier))
    .filter(({ parentCallSid, status }) => parentCallSid !== null && status === 'completed')
    .map(({ seconds }) => seconds)
    .sort((a, b) => a - b);
  const isTrue = (records: readonly CallRecord[]) => {
    const closed = records.filter(({ status }) => status === 'ended');
    const told = closed
      .filter(({ outcome }) => outcome === 'answered')
      .map(({ durationSeconds }) => durationSeconds ?? -1);
    told.sort((a, b) => a - b);
    // Webhooks and the carrier's own list may round a second differently.
    const alike =
      told.length === talked.length && told.every((seconds, index) => Math.abs(seconds - talked[index]!) <= 1);
    return closed.length === calls && alike;
  };
  let rows = Infinity;
  let recordings = withRecordings ? Infinity : 0;
  let last: CallRecord[] = [];
  while (Date.now() - ended < 330_000 && (rows === Infinity || recordings === Infinity)) {
    last = [...(await keptCalls(service.url)).values()];
    const seconds = (Date.now() - ended) / 1000;
    if (rows === Infinity && isTrue(last)) rows = seconds;
    const found = last.filter(({ recordings: kept }) => kept.some(({ status }) => status === 'completed')).length;
    if (recordings === Infinity && found === talked.length) recordings = seconds;
    await delay(1000);
  }
  if (rows === Infinity) {
    const shown = last.map(({ status, outcome, durationSeconds }) => `${status} ${outcome} ${durationSeconds}`);
    soak.say('the carrier’s seconds of conversation', talked.join(', '));
    soak.say('the log’s rows', [...new Set(shown)].join('; '));
  }
  return { rows, recordings };
}
