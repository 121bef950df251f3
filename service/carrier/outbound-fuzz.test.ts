import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SaxesParser } from 'saxes';
import { decideDial } from '../calls/dial-policy.ts';
import { askToCall, mobile, newSid } from '../testing/outgoing-calls.ts';
import { startTestService, type TestService } from '../testing/test-service.ts';

/** Seeded (mulberry32), so that what fails once fails again. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const ROUNDS = 20_000;
const IN_FLIGHT = 40;
const CALLER_IDS = ['+20224610000', '+20224610001'];

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

let service: TestService;
let intents: string[];
before(async () => {
  service = await startTestService({ TWILIO_CALLER_ID: CALLER_IDS.join(',') });
  const asked = await Promise.all(Array.from({ length: 20 }, (_, index) => askToCall(service, mobile(index))));
  intents = asked.map(({ callId }) => callId);
});
after(() => service.remove());

function wellFormed(xml: string): void {
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml).close();
}

function oddText(next: () => number): string {
  const pick = NASTY[Math.floor(next() * NASTY.length)]!;
  const turn = next();
  if (turn < 0.5) return pick;
  if (turn < 0.6) return pick.repeat(1 + Math.floor(next() * 40)).slice(0, 10_000);
  if (turn < 0.61) return 'x'.repeat(10_000);
  return String.fromCharCode(...Array.from({ length: Math.floor(next() * 24) }, () => Math.floor(next() * 0x10000)));
}

function fields(next: () => number): Record<string, string> {
  const identity = next() < 0.7 ? 'client:mona' : oddText(next);
  const callId = next() < 0.3 ? intents[Math.floor(next() * intents.length)]! : oddText(next);
  const names = [
    'Check',
    'callerId',
    'CallerId',
    'Number',
    'Direction',
    'Called',
    'Caller',
    '__proto__',
    'constructor',
  ];
  return {
    CallSid: next() < 0.9 ? newSid() : oddText(next),
    From: identity,
    To: oddText(next),
    ...(next() < 0.9 && { CallId: callId }),
    ...(next() < 0.5 && { [names[Math.floor(next() * names.length)]!]: oddText(next) }),
    ...(next() < 0.2 && { [oddText(next).slice(0, 60) || 'Empty']: oddText(next) }),
  };
}

test(`${ROUNDS} signed questions with odd fields: no 5xx, well-formed XML, nobody called but whom an intent names`, async () => {
  const next = random(20_261_125);
  const policy = { defaultCountry: 'EG', allowedCountries: ['EG'] };
  let dialled = 0;
  let answered = 0;
  for (let round = 0; round < ROUNDS; round += IN_FLIGHT) {
    await Promise.all(
      Array.from({ length: IN_FLIGHT }, async () => {
        const sent = fields(next);
        const answer = await service.asCarrier('/api/calls/twiml/outbound', sent);
        const context = JSON.stringify(sent).slice(0, 500);
        // 403: what was signed is not what a form can carry, such as half a character.
        assert.ok(answer.status === 200 || answer.status === 403, `${answer.status} ${context}`);
        if (answer.status === 403) return;
        answered += 1;
        const xml = await answer.text();
        wellFormed(xml);
        if (!xml.includes('<Dial')) return;
        dialled += 1;
        const [, number = ''] = /<Number [^>]*>([^<]*)<\/Number>/.exec(xml) ?? [];
        assert.equal(decideDial(number, undefined, policy).allowed, true, context);
        assert.ok(number.startsWith('+2010100000'), context);
        const [, callerId = ''] = /<Dial [^>]*callerId="([^"]*)"/.exec(xml) ?? [];
        assert.ok(CALLER_IDS.includes(callerId), context);
        assert.equal(xml.match(/<(Number|Client|Sip|Conference|Queue)\b/g)?.length, 1, context);
      }),
    );
  }
  assert.ok(answered > ROUNDS / 2, `${answered} got past the signature`);
  assert.equal(dialled, intents.length, 'each intent dials once, and only once');
});
