import { newSid } from '../sid.ts';
import type { DialClient, DialNumber } from '../twiml/verbs.ts';
import { Leg } from './leg.ts';
import { deviceParty } from './party.ts';
import type { Parts } from './parts.ts';
import { reportStatus } from './status-callbacks.ts';

/** Dials one noun of a `<Dial>` on a child leg, which rings from now on. */
export function placeCall(noun: DialNumber | DialClient, parent: Leg, callerId: string, parts: Parts): Leg {
  const to = noun.noun === 'Number' ? noun.number : `client:${noun.identity}`;
  const child = new Leg(
    { sid: newSid('CA'), from: callerId, to, called: to, direction: 'outbound-dial', parent },
    parts.lines,
  );
  parts.calls.add(child);
  if (noun.statusCallback) reportStatus(child, noun.statusCallback, parts);
  if (noun.noun === 'Number') ringNumber(child, noun.number, parts);
  else ringClient(child, noun, parts);
  return child;
}

function ringNumber(child: Leg, number: string, parts: Parts): void {
  const cancel = parts.telephones.ring(number, {
    rings: () => child.ring(),
    answered: (party) => child.join(party),
    refused: (end) => child.end(end),
  });
  child.callTo(cancel);
}

function ringClient(child: Leg, { identity, parameters }: DialClient, parts: Parts): void {
  const { from, to } = child.address;
  const devices = parts.devices.ring(
    { identity, callSid: child.sid, from, to, parameters },
    {
      answered: (call) => child.join(deviceParty(call)),
      rejected: () => child.end({ status: 'busy', sipResponseCode: 603 }),
    },
  );
  child.callTo(() => devices.cancel());
  if (devices.count > 0) child.ring();
  else child.end({ status: 'no-answer', sipResponseCode: 480 });
}
