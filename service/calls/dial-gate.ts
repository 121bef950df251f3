import type { AuditNote } from './audit.ts';
import type { BlockedAgent, OutgoingStop } from '../admin-contract.ts';
import type { DialRequest } from '../contract.ts';
import type { CallBase } from './call-record.ts';
import type { DialRefusal } from './dial-limits.ts';
import type { Amount } from './money.ts';
import type { Agent, DialIntent } from './ports.ts';

/** What every outgoing call passes twice: when an agent's browser asks for it, and when the carrier does. */
export interface DialGate {
  /**
   * Keeps an intent, and its place among the limits for as long as it lives; asked again for the same call, the intent
   * that is kept. Throws a ServiceError that says why not.
   */
  ask(agent: Agent, request: DialRequest): Promise<DialIntent>;
  /**
   * The carrier asks what to do with the call that an agent's phone placed: the intent is taken, for one leg and exactly
   * once, and the call's row opened. Asked again for one leg, it says the same. Undefined: there is no intent for it.
   */
  putThrough(question: DialQuestion): Promise<PutThrough | undefined>;
  /**
   * A customer's call is to ring a telephone, E.164, which is paid for like an agent's call: it counts against what the
   * account may have open and spend, and no agent's limits. Asked again for one call, the same.
   */
  forward(callId: string, number: string): Promise<Forwarded>;
}

/** `limitSeconds`: how long the conversation may last. */
export type Forwarded = { refusal: DialRefusal } | { refusal?: undefined; limitSeconds: number };

/** A call as the carrier knows it before it is put through. */
export interface DialQuestion {
  callId: string;
  /** Of the agent's phone. */
  identity: string;
  /** The agent's leg. */
  callSid: string;
}

export type PutThrough =
  | {
      callId: string;
      refusal: DialRefusal;
      /** What the log is to know of it. */
      base: CallBase;
    }
  | {
      callId: string;
      refusal?: undefined;
      intent: DialIntent;
      /** Seconds that the conversation may last: the longest, or what is left of a budget. */
      limitSeconds: number;
    };

/** A call as the limits see it. */
export interface CountedCall {
  callId: string;
  agentId: string;
  /** E.164. */
  number: string;
  country: string | undefined;
  /** Of a minute. */
  rate: Amount;
}

/** What policy says of an intent that the carrier asks for; of one that may be dialled, what the log is to know. */
export type JudgeIntent = (intent: DialIntent) => { refusal: DialRefusal } | { call: CountedCall; base: CallBase };

export type Admitted =
  | { callId: string; refusal: DialRefusal; intent: DialIntent }
  | (Extract<PutThrough, { limitSeconds: number }> & {
      /** The country of the call, where the account had never called there. */
      newCountry?: string | undefined;
    });

/** Counts calls and decides on them, one after the other over all nodes: N at once against a limit of N all pass. */
export interface Admission {
  /** Keeps the intent and its place; asked for again, the intent that is kept. Undefined: the callId is another call's. */
  reserve(call: CountedCall, intent: DialIntent): Promise<{ refusal: DialRefusal } | { kept: DialIntent } | undefined>;
  /**
   * The call counts as open until its end is known, and stands in the log. Waits for an intent that has not arrived yet,
   * and for the end of the agent's call before, until `deadline` (of `performance.now()`).
   */
  putThrough(question: DialQuestion, judge: JudgeIntent, deadline: number): Promise<Admitted | undefined>;
  /** A customer's call goes on to a telephone: it counts as open until its end is known. */
  forward(call: CountedCall): Promise<Forwarded>;
  /** What the carrier says a call has cost takes the place of the estimate. */
  priced(callId: string, price: Amount): Promise<void>;
}

/** Agents who may not call, whatever tokens they hold. What changes it is done and noted, or neither. */
export interface BlockList {
  block(blocked: BlockedAgent, identity: string, note: AuditNote): Promise<void>;
  /** False when the agent was not blocked. */
  unblock(agentId: string, note: AuditNote): Promise<boolean>;
  find(agentId: string): Promise<BlockedAgent | undefined>;
  /** By name of the agent's phone at the carrier. */
  hasIdentity(identity: string): Promise<boolean>;
  list(): Promise<BlockedAgent[]>;
  /** Calls that this agent has now, by their parent legs. */
  openCalls(agentId: string): Promise<OpenCall[]>;
}

/** A call in progress, by its parent leg, and whose it is. */
export interface OpenCall {
  callId: string;
  callSid: string;
  agentId: string;
}

/** Whether anybody may place calls. What changes it is done and noted, or neither. */
export interface OutgoingStopSwitch {
  stop(stopped: OutgoingStop, note: AuditNote): Promise<void>;
  /** False when nothing was stopped. */
  allow(note: AuditNote): Promise<boolean>;
  find(): Promise<OutgoingStop | undefined>;
  /** Outgoing calls in progress, of everybody. */
  openCalls(): Promise<OpenCall[]>;
}

/** The numbers of the account, as the carrier says. */
export interface AccountNumbers {
  /**
   * Undefined while the carrier has not been heard yet. Never rejects, and waits a moment at most. A number that is
   * expected among those where calls come in and is not makes it ask the carrier anew: it may have been bought just now.
   */
  known(expected?: string): Promise<KnownNumbers | undefined>;
}

export interface KnownNumbers {
  /** What may be shown to customers: the account's own numbers and those it has proved to be its owner's. */
  callerIds: ReadonlySet<string>;
  /** Where calls come in. */
  incoming: ReadonlySet<string>;
}
