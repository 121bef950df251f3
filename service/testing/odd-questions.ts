import assert from 'node:assert/strict';
import { SaxesParser } from 'saxes';
import { decideDial } from '../calls/dial-policy.ts';
import { newSid } from './outgoing-calls.ts';

const NASTY = [
  'client:karim',
  'client:',
  'sip:mona@example.com',
  'sips:+201001234500@example.com',
  'tel:+201001234500;ext=2',
  '+19002345678',
  '+1 900 234 5678',
  '911',
  '112',
  '122',
  '+881612345678',
  '+88216123456',
  '+979123456789',
  '+201001234500',
  '٠١٠٠١٢٣٤٥٠٠',
  '+20224610000',
  '</Number></Dial><Dial><Number>+19002345678</Number>',
  '<?xml version="1.0"?><Response><Dial>+19002345678</Dial></Response>',
  '<![CDATA[+19002345678]]>',
  '&#43;19002345678',
  '\u0000',
  '\u0007\u001b[2J',
  '\ud800',
  '\udfff',
  '\ufffe',
  "' OR 1=1 --",
  '%00%0d%0aX: y',
  '../../etc/passwd',
  '__proto__',
  '',
];

const NAMES = ['Check', 'callerId', 'CallerId', 'Number', 'Direction', 'Called', 'Caller', '__proto__', 'constructor'];

/** Seeded (mulberry32), so that what fails once fails again. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function oddText(next: () => number): string {
  const pick = NASTY[Math.floor(next() * NASTY.length)]!;
  const turn = next();
  if (turn < 0.5) return pick;
  if (turn < 0.6) return pick.repeat(1 + Math.floor(next() * 40)).slice(0, 10_000);
  if (turn < 0.61) return 'x'.repeat(10_000);
  return String.fromCharCode(...Array.from({ length: Math.floor(next() * 24) }, () => Math.floor(next() * 0x10000)));
}

/** The fields of a question what to do with a call, most of them wrong; `callId` of a dial intent in three of ten. */
export function oddQuestion(next: () => number, callId: string, identity: string): Record<string, string> {
  return {
    CallSid: next() < 0.9 ? newSid() : oddText(next),
    From: next() < 0.7 ? `client:${identity}` : oddText(next),
    To: oddText(next),
    ...(next() < 0.9 && { CallId: next() < 0.3 ? callId : oddText(next) }),
    ...(next() < 0.5 && { [NAMES[Math.floor(next() * NAMES.length)]!]: oddText(next) }),
    ...(next() < 0.2 && { [oddText(next).slice(0, 60) || 'Empty']: oddText(next) }),
  };
}

function wellFormed(xml: string): void {
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml).close();
}

export interface OddQuestions {
  /** Where the intents call: what every number begins with. */
  numbers: string;
  callerIds: readonly string[];
}

const POLICY = { defaultCountry: 'EG', allowedCountries: ['EG'] };

/** Whether the answer dials. Throws where it is no XML, or dials what it may not. */
export function dialsAsItMay(xml: string, { numbers, callerIds }: OddQuestions): boolean {
  wellFormed(xml);
  if (!xml.includes('<Dial')) return false;
  const [, number = ''] = /<Number [^>]*>([^<]*)<\/Number>/.exec(xml) ?? [];
  assert.equal(decideDial(number, undefined, POLICY).allowed, true, xml);
  assert.ok(number.startsWith(numbers), xml);
  const [, callerId = ''] = /<Dial [^>]*callerId="([^"]*)"/.exec(xml) ?? [];
  assert.ok(callerIds.includes(callerId), xml);
  assert.equal(xml.match(/<(Number|Client|Sip|Conference|Queue)\b/g)?.length, 1, xml);
  return true;
}
