import type { CallBase } from './calls/call-record.ts';
import { rateOf, type CallRates } from './calls/call-rates.ts';
import { callerIdsFor } from './calls/caller-id.ts';
import type { AccountNumbers, Admission, CountedCall, DialGate, JudgeIntent, KnownNumbers } from './calls/dial-gate.ts';
import { decideDial, type DialPolicy } from './calls/dial-policy.ts';
import type { Agent, CallLog, Clock, DialIntent } from './calls/ports.ts';
import { ServiceError } from './errors.ts';
import type { Logger } from './logger.ts';

/** Long enough for a slow network, short enough that a phone that comes back online does not ring a customer. */
const INTENT_LIFE_MS = 30_000;

/**
 * All that the carrier's question waits for, together: an intent that set out with the browser's call and has not
 * arrived, the end of the call before, the account's numbers. Somebody hears nothing meanwhile.
 */
const QUESTION_MS = 3000;

/** Of no agent. */
const NOBODY = '';

export interface DialGateOptions {
  policy: DialPolicy;
  /** E.164, as configured. */
  callerIds: readonly string[];
  rates: CallRates;
  /** What the log keeps of every call that is recorded: whether it is announced. */
  consent: Pick<CallBase, 'consent'>;
  /** Whether a page may ask for a call that is not recorded. */
  recordingOptOut: boolean;
  admission: Admission;
  numbers: AccountNumbers;
  log: Pick<CallLog, 'lineCalledBy'>;
  clock: Clock;
  logger: Logger;
}

/** All that stands between an agent and an outgoing call: number, caller ID, limits, block list. */
export function createDialGate(options: DialGateOptions): DialGate {
  const { policy, callerIds, rates, consent, recordingOptOut, admission, numbers, log, clock, logger } = options;
  const configured = new Set(callerIds);

  function policyWith(known: KnownNumbers | undefined): DialPolicy {
    const has = (number: string) => configured.has(number) || (known?.incoming.has(number) ?? false);
    return { ...policy, ownNumbers: { has } };
  }

  function counted(callId: string, agentId: string, number: string, country: string | undefined): CountedCall {
    return { callId, agentId, number, country, rate: rateOf(country, rates) };
  }

  /** What the log is to know of the call of an intent. */
  function baseOf({ callId, agent, to, callerId, customerName, createdAt, unrecorded }: DialIntent): CallBase {
    return {
      callId,
      direction: 'outgoing',
      agent: { id: agent.id, name: agent.name },
      customer: { number: to, name: customerName },
      callerId,
      createdAt,
      ...(unrecorded && { unrecorded }),
    };
  }

  /** The intent once more, as the carrier asks for it: a stolen access token comes only here. */
  function judgeWith(known: KnownNumbers | undefined): JudgeIntent {
    const current = policyWith(known);
    return (intent) => {
      const { callId, agent, to, callerId, unrecorded } = intent;
      const verdict = decideDial(to, undefined, current);
      if (!verdict.allowed) return { refusal: verdict };
      const shown = callerIdsFor(callerIds, known?.callerIds, agent.callerIds);
      if (!shown.includes(callerId)) {
        const code = shown.length > 0 ? 'caller-id-refused' : 'no-caller-id';
        return { refusal: { code, message: 'This caller ID may not be shown any more.' } };
      }
      return {
        call: counted(callId, agent.id, verdict.to, verdict.country),
        base: { ...baseOf(intent), ...(unrecorded ? {} : consent) },
      };
    };
  }

  /** What a customer sees: what was asked for, if it may be shown; else what calling back would be expected to show. */
  async function callerIdOf(agent: Agent, to: string, wanted: string | undefined, known: KnownNumbers | undefined) {
    const shown = callerIdsFor(callerIds, known?.callerIds, agent.callerIds);
    const [first, ...others] = shown;
    if (first === undefined) {
      const why = callerIdsFor(callerIds, known?.callerIds, undefined).length
        ? "The CRM's token allows none of the account's caller IDs."
        : 'None of TWILIO_CALLER_ID is a number of the account.';
      throw new ServiceError('no-caller-id', why);
    }
    if (wanted !== undefined) {
      if (shown.includes(wanted)) return wanted;
      throw new ServiceError(
        'caller-id-refused',
        'This agent may not show that number: see callerIds of the settings.',
      );
    }
    const called = others.length > 0 ? await log.lineCalledBy(to) : undefined;
    return called !== undefined && shown.includes(called) ? called : first;
  }

  return {
    async ask(agent, { callId, to: dialString, country, customerName = null, record, callerId: wanted }) {
      const unrecorded = record === false;
      if (unrecorded && consent.consent !== undefined && !recordingOptOut) {
        throw new ServiceError('recording-required', 'Every call is recorded here: RECORDING_OPT_OUT is off.');
      }
      const known = await numbers.known();
      const verdict = decideDial(dialString, country, policyWith(known));
      if (!verdict.allowed) throw new ServiceError(verdict.code, verdict.message);
      const callerId = await callerIdOf(agent, verdict.to, wanted, known);
      const terms = [unrecorded && 'unrecorded', wanted].filter(Boolean);
      const requested = JSON.stringify([agent.id, verdict.to, customerName, ...terms]);
      const now = clock();
      const answer = await admission.reserve(counted(callId, agent.id, verdict.to, verdict.country), {
        callId,
        agent,
        to: verdict.to,
        customerName,
        callerId,
        ...(unrecorded && { unrecorded }),
        requested,
        createdAt: now.toISOString(),
        expiresAt: new Date(now.getTime() + INTENT_LIFE_MS).toISOString(),
      });
      if (answer && 'refusal' in answer) throw new ServiceError(answer.refusal.code, answer.refusal.message);
      if (answer?.kept.requested !== requested) {
        throw new ServiceError('call-id-taken', 'This callId names another call: make a new UUID for every call.');
      }
      return answer.kept;
    },

    async forward(callId, number) {
      const verdict = decideDial(number, undefined, policy);
      const country = verdict.allowed ? verdict.country : undefined;
      return admission.forward(counted(callId, NOBODY, number, country));
    },

    async putThrough(question) {
      const deadline = performance.now() + QUESTION_MS;
      const known = await numbers.known();
      const answer = await admission.putThrough(question, judgeWith(known), deadline);
      if (answer?.refusal) {
        const { callId, refusal, intent } = answer;
        return { callId, refusal, base: { ...baseOf(intent), refusal: refusal.code } };
      }
      if (answer && ![undefined, policy.defaultCountry].includes(answer.newCountry)) {
        const { callId, newCountry: country } = answer;
        logger.warn({ country, callId }, 'first call of this account to a new country');
      }
      return answer;
    },
  };
}
