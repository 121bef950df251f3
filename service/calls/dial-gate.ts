import type { BlockedAgent } from '../admin-contract.ts';
import type { DialRequest } from '../contract.ts';
import type { DialRefusal } from './dial-limits.ts';
import type { Amount } from './money.ts';
import type { Agent, DialIntent } from './ports.ts';

/** What every outgoing call passes twice: when an agent's browser asks for it, and when the carrier does. */
export interface DialGate {
  /** Keeps a place for the call among the limits until `expiresAt`. Throws a ServiceError that says why not. */
  ask(agent: Agent, request: DialRequest, expiresAt: Date): Promise<{ to: string; callerId: string }>;
  /** The carrier is about to dial: from here on the call is open. Asked again for one call, it says the same. */
  putThrough(intent: DialIntent): Promise<DialRefusal | undefined>;
}

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

export type Admitted = { refusal: DialRefusal } | { refusal?: undefined; newCountry: boolean };

/** Counts calls and decides on them, one after the other over all nodes: N at once against a limit of N all pass. */
export interface Admission {
  /** A place among the limits, until `expiresAt`; asked for again, the same place. */
  reserve(call: CountedCall, now: Date, expiresAt: Date): Promise<DialRefusal | undefined>;
  /** The call counts as open until its end is known. `newCountry`: the account had never called there. */
  putThrough(call: CountedCall, now: Date): Promise<Admitted>;
  /** What the carrier says a call has cost takes the place of the estimate. */
  priced(callId: string, price: Amount): Promise<void>;
}

/** Agents who may not call, whatever tokens they hold. */
export interface BlockList {
  block(blocked: BlockedAgent, identity: string): Promise<void>;
  /** False when the agent was not blocked. */
  unblock(agentId: string): Promise<boolean>;
  find(agentId: string): Promise<BlockedAgent | undefined>;
  /** By name of the agent's phone at the carrier. */
  hasIdentity(identity: string): Promise<boolean>;
  list(): Promise<BlockedAgent[]>;
  /** Calls that this agent has now, by their parent legs. */
  openCalls(agentId: string): Promise<{ callId: string; callSid: string }[]>;
}

/** The numbers of the account, as the carrier says. */
export interface AccountNumbers {
  /** Undefined while the carrier has not been heard yet. Never rejects, and waits a moment at most. */
  known(): Promise<KnownNumbers | undefined>;
}

export interface KnownNumbers {
  /** What may be shown to customers: the account's own numbers and those it has proved to be its owner's. */
  callerIds: ReadonlySet<string>;
  /** Where calls come in. */
  incoming: ReadonlySet<string>;
}
