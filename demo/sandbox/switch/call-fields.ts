import type { Leg } from './leg.ts';

export const API_VERSION = '2010-04-01';

/** Countries of the calling codes that a test is likely to use; others stay empty, as they may at Twilio. */
const COUNTRIES: readonly (readonly [string, string])[] = [
  ['+971', 'AE'],
  ['+966', 'SA'],
  ['+965', 'KW'],
  ['+962', 'JO'],
  ['+961', 'LB'],
  ['+212', 'MA'],
  ['+44', 'GB'],
  ['+49', 'DE'],
  ['+33', 'FR'],
  ['+20', 'EG'],
  ['+1', 'US'],
];

function countryOf(number: string): string {
  return COUNTRIES.find(([code]) => number.startsWith(code))?.[1] ?? '';
}

function placeFields(role: string, number: string): Record<string, string> {
  return { [`${role}City`]: '', [`${role}State`]: '', [`${role}Zip`]: '', [`${role}Country`]: countryOf(number) };
}

/** What every webhook about a leg carries (Twilio: TwiML voice request parameters). */
export function callFields(leg: Leg, accountSid: string): Record<string, string> {
  const { sid, from, to, called, direction, parent, application } = leg.address;
  const isTelephoneCall = direction === 'inbound' && from.startsWith('+');
  return {
    AccountSid: accountSid,
    ApiVersion: API_VERSION,
    ...(application && { ApplicationSid: application.sid }),
    CallSid: sid,
    ...(parent && { ParentCallSid: parent.sid }),
    CallStatus: leg.status,
    Direction: direction,
    From: from,
    Caller: from,
    To: to,
    Called: called,
    ...(isTelephoneCall && {
      ...placeFields('From', from),
      ...placeFields('Caller', from),
      ...placeFields('To', to),
      ...placeFields('Called', called),
    }),
  };
}
