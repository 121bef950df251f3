import { countryOf, rateOf, type CallRates } from './calls/call-rates.ts';
import { chooseCallerId } from './calls/caller-id.ts';
import type { AccountNumbers, Admission, CountedCall, DialGate, KnownNumbers } from './calls/dial-gate.ts';
import type { DialRefusal } from './calls/dial-limits.ts';
import { decideDial, type DialPolicy } from './calls/dial-policy.ts';
import type { Clock } from './calls/ports.ts';
import { ServiceError } from './errors.ts';
import type { Logger } from './logger.ts';

export interface DialGateOptions {
  policy: DialPolicy;
  /** E.164, as configured; the first that may be shown is. */
  callerIds: readonly string[];
  rates: CallRates;
  admission: Admission;
  numbers: AccountNumbers;
  clock: Clock;
  logger: Logger;
}

/** All that stands between an agent and an outgoing call: number, caller ID, limits, block list. */
export function createDialGate(options: DialGateOptions): DialGate {
  const { policy, callerIds, rates, admission, numbers, clock, logger } = options;

  function policyWith(known: KnownNumbers | undefined): DialPolicy {
    return { ...policy, ownNumbers: new Set([...callerIds, ...(known?.incoming ?? [])]) };
  }

  function counted(callId: string, agentId: string, number: string): CountedCall {
    const country = countryOf(number);
    return { callId, agentId, number, country, rate: rateOf(country, rates) };
  }

  return {
    async ask(agent, { callId, to: dialString, country }, expiresAt) {
      const known = await numbers.known();
      const verdict = decideDial(dialString, country, policyWith(known));
      if (!verdict.allowed) throw new ServiceError(verdict.code, verdict.message);
      const callerId = chooseCallerId(callerIds, known?.callerIds, agent.callerIds);
      if (callerId === undefined) {
        throw chooseCallerId(callerIds, known?.callerIds, undefined) === undefined
          ? new ServiceError('internal', 'None of TWILIO_CALLER_ID is a number of the account.')
          : new ServiceError('role-refused', "The CRM's token allows none of the account's caller IDs.");
      }
      const refusal = await admission.reserve(counted(callId, agent.id, verdict.to), clock(), expiresAt);
      if (refusal) throw new ServiceError(refusal.code, refusal.message);
      return { to: verdict.to, callerId };
    },

    async putThrough({ callId, agent, to, callerId }): Promise<DialRefusal | undefined> {
      const known = await numbers.known();
      const verdict = decideDial(to, undefined, policyWith(known));
      if (!verdict.allowed) return verdict;
      if (chooseCallerId([callerId], known?.callerIds, callerIds) === undefined) {
        return { code: 'internal', message: 'The caller ID is none of the account’s numbers.' };
      }
      const call = counted(callId, agent.id, verdict.to);
      const admitted = await admission.putThrough(call, clock());
      if (admitted.refusal) return admitted.refusal;
      if (admitted.newCountry && call.country !== policy.defaultCountry) {
        logger.warn({ country: call.country, callId, agent: agent.id }, 'first call of this account to a new country');
      }
      return undefined;
    },
  };
}
