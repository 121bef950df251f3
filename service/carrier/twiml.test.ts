import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CallBase } from '../calls/call-record.ts';
import type { InboundStep } from '../calls/inbound-steps.ts';
import type { DialIntent } from '../calls/ports.ts';
import { inboundTwiml } from './inbound-twiml.ts';
import { recordCheckTwiml } from './line-check.ts';
import type { CallTerms } from './call-terms.ts';
import { NEWS_DELIVERY, TWIML_DELIVERY } from './delivery.ts';
import { announcementTwiml } from './recording-terms.ts';
import { createDialTwiml, hangUpTwiml, refusalTwiml, troubleTwiml } from './twiml.ts';

const PUBLIC_URL = 'https://dialer.example.com';
const TERMS: CallTerms = {
  publicUrl: PUBLIC_URL,
  longestCallSeconds: 3600,
  recordCalls: true,
  announcement: [{ language: 'en-US', text: 'This call is recorded.' }],
};
const AGENT = { id: 'mona', name: 'Mona', identity: 'mona' };
const INTENT: DialIntent = {
  callId: '019a0000-0000-7000-8000-000000000000',
  agent: AGENT,
  to: '+201001234500',
  customerName: null,
  callerId: '+20224610000',
  requested: '',
  createdAt: '2026-11-23T10:00:00.000Z',
  expiresAt: '2026-11-23T10:00:30.000Z',
};
const BASE: CallBase = {
  callId: INTENT.callId,
  direction: 'incoming',
  agent: AGENT,
  customer: { number: '+201001234500', name: 'أحمد' },
  callerId: '+20224610000',
  createdAt: INTENT.createdAt,
  rung: [AGENT],
};
const STEPS: InboundStep[] = [
  { do: 'ring-agents', agents: [AGENT] },
  { do: 'ring-number', number: '+201009999999', first: true },
  { do: 'take-message' },
  { do: 'thank' },
  { do: 'apologise' },
  { do: 'hang-up' },
];

const DOCUMENTS: [string, string][] = [
  ['dial', createDialTwiml(TERMS)(INTENT, 600)],
  ...STEPS.map((step): [string, string] => [step.do, inboundTwiml(step, BASE, null, TERMS)]),
  ['line check', recordCheckTwiml(PUBLIC_URL)],
  ['announcement', announcementTwiml(TERMS)],
  ['refusal', refusalTwiml()],
  ['hang up', hangUpTwiml()],
  ['trouble', troubleTwiml()],
];

test('every address that the carrier is handed says how to deliver to it', () => {
  let addresses = 0;
  for (const [name, twiml] of DOCUMENTS) {
    for (const [, attribute, url] of twiml.matchAll(/(\w+)="(https?:[^"]*)"/g)) {
      addresses += 1;
      const delivery = attribute === 'action' || attribute === 'url' ? TWIML_DELIVERY : NEWS_DELIVERY;
      assert.ok(url!.replaceAll('&amp;', '&').endsWith(delivery), `${name}: ${attribute}="${url}"`);
      assert.ok(url!.startsWith(`${PUBLIC_URL}/api/calls/`));
    }
    const elements = twiml.matchAll(/(\w+)="[^"]*\/api\/calls\/[^"]*"/g);
    assert.ok([...elements].every(([whole]) => whole.includes('#ct=')));
  }
  assert.ok(addresses >= 12, `${addresses} addresses`);
});

test('news and TwiML are tried again after an answer of 5xx, and all tries fit into the carrier’s 15 s', () => {
  for (const delivery of [NEWS_DELIVERY, TWIML_DELIVERY]) {
    const given = new URLSearchParams(delivery.slice(1));
    assert.deepEqual(given.get('rp')?.split(','), ['ct', 'rt', '5xx']);
    assert.ok(Number(given.get('rc')) >= 1);
    assert.ok(Number(given.get('ct')) + Number(given.get('rt')) <= 8000);
  }
});

test('what is said when something is wrong with us: both languages, and the line is closed', () => {
  assert.match(troubleTwiml(), /<Response><Say language="ar-AE">[^<]+<\/Say><Say language="en-US">Sorry/);
  assert.match(troubleTwiml(), /<Hangup\/><\/Response>$/);
});

test('a call is dialled to the number of its intent, under its caller ID, and for as long as it may last', () => {
  const dial = createDialTwiml({ publicUrl: PUBLIC_URL, recordCalls: false, announcement: [] });
  const twiml = dial({ to: '+966501234567', callerId: '+201000000009' }, 600);
  assert.match(
    twiml,
    /^<\?xml version="1.0" encoding="UTF-8"\?><Response><Dial answerOnBridge="true" callerId="\+201000000009" timeLimit="600" timeout="30" action="[^"]+"><Number statusCallback="[^"]+" statusCallbackEvent="initiated ringing answered completed">\+966501234567<\/Number><\/Dial><\/Response>$/,
  );
});
