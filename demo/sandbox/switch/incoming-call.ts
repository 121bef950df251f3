import type { FarEnd } from '../far-ends/far-end.ts';
import type { TelephoneNetwork } from '../far-ends/telephone-network.ts';
import type { Account } from '../ports.ts';
import type { SandboxSwitch } from './sandbox-switch.ts';

export interface IncomingCall {
  /** The customer's number; its last two digits say how the customer behaves, unless `farEnd` does. */
  from: string;
  /** A number of the account. */
  to: string;
  /** Two digits, or a far end of one's own. */
  farEnd?: string | FarEnd;
}

/** A call that cannot be placed, with a sentence that says why. */
export class IncomingCallRefused extends Error {}

/** Lets a customer call a number of the account; returns the SID. @throws {IncomingCallRefused} */
export function placeIncomingCall(
  { from, to, farEnd }: IncomingCall,
  { account, telephones, calls }: { account: Account; telephones: TelephoneNetwork; calls: SandboxSwitch },
): string {
  if (!/^\+\d{3,15}$/.test(from)) {
    throw new IncomingCallRefused(`from must be a number in international form, like +201001234500; it is "${from}".`);
  }
  const number = account.numbers.get(to);
  if (!number) {
    const owned = [...account.numbers.keys()].join(', ') || 'none';
    throw new IncomingCallRefused(`to must be a number of the account (${owned}); it is "${to}".`);
  }
  if (!number.voiceUrl) throw new IncomingCallRefused(`${to} has no Voice URL, so nothing would answer the call.`);
  if (typeof farEnd === 'string' && !telephones.hasFarEnd(farEnd)) {
    throw new IncomingCallRefused(`There is no far end "${farEnd}"; use two digits, like 00.`);
  }
  const behaviour = typeof farEnd === 'object' ? farEnd : telephones.farEndOf(farEnd ?? from);
  return calls.callNumber({ from, number, farEnd: behaviour });
}
