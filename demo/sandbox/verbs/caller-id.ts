import type { Leg } from '../switch/leg.ts';
import type { Parts } from '../switch/parts.ts';
import type { Dial } from '../twiml/verbs.ts';

/**
 * What the called party sees. A telephone may see a number of the account only, or one that takes part in the call:
 * otherwise Twilio does not place the call, and neither does the sandbox.
 */
export function callerIdFor(dial: Dial, leg: Leg, parts: Parts): string | undefined {
  const { from, to } = leg.address;
  const callerId = dial.callerId ?? from;
  if (dial.nouns.every(({ noun }) => noun === 'Client')) return callerId;
  const isPartOfCall = callerId === from || (callerId === to && leg.address.called !== '');
  if (parts.account.numbers.has(callerId) || (isPartOfCall && callerId.startsWith('+'))) return callerId;
  const owned = [...parts.account.numbers.keys()].join(', ');
  const message = `<Dial>: "${callerId}" is no callerId of the account; it has ${owned || 'no numbers'}.`;
  parts.log({ level: 'error', code: 13214, callSid: leg.sid, message });
  return undefined;
}
