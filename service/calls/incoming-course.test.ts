import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { CallOutcome } from '../contract.ts';
import type { CallEvent, DialResultEvent, LegStatusEvent, RecordingEvent } from './call-event.ts';
import { callRecord, type CallBase } from './call-record.ts';
import { viewersOf } from './visibility.ts';

const sid = (letter: string) => `CA${letter.repeat(32)}`;
const PARENT = sid('a');
const [MONA, KARIM, NUMBER] = [sid('b'), sid('c'), sid('d')];
const BASE: CallBase = {
  callId: '019a0000-0000-7000-8000-000000000000',
  direction: 'incoming',
  agent: { id: 'mona', name: 'Mona' },
  customer: { number: '+201001234500', name: null },
  callerId: '+20224610000',
  createdAt: '2026-11-23T10:00:00.000Z',
  rung: [
    { id: 'mona', name: 'Mona', identity: 'mona' },
    { id: 'karim.adel', name: 'Karim', identity: 'karim_2eadel' },
  ],
};
const NOBODY: CallBase = { ...BASE, agent: { id: '', name: null }, rung: [] };
const TO: Record<string, string> = {
  [MONA]: 'client:mona',
  [KARIM]: 'client:karim_2eadel',
  [NUMBER]: '+201009999999',
};

const at = (second: number) => `2026-11-23T10:00:${String(second).padStart(2, '0')}.000Z`;

function leg(callSid: string, status: string, sequenceNumber: number, second: number, talked?: number): LegStatusEvent {
  return {
    kind: 'leg-status',
    callSid,
    parentCallSid: callSid === PARENT ? null : PARENT,
    ...(TO[callSid] && { to: TO[callSid] }),
    status,
    sequenceNumber,
    firedAt: at(second),
    callDuration: talked ?? null,
    sipResponseCode: null,
  };
}

function dial(dialStatus: string, dialCallSid: string | null, second: number, status = 'in-progress'): DialResultEvent {
  const dialDuration = dialStatus === 'completed' ? 19 : null;
  return { kind: 'dial-result', callSid: PARENT, status, dialCallSid, dialStatus, dialDuration, firedAt: at(second) };
}

function recorded(source: string, status: RecordingEvent['status']): RecordingEvent {
  return {
    kind: 'recording',
    callSid: PARENT,
    recordingSid: `RE${(source === 'RecordVerb' ? 'e' : 'f').repeat(32)}`,
    status,
    durationSeconds: 7,
    channels: 1,
    source,
    firedAt: at(50),
  };
}

const gone = (second: number) => leg(PARENT, 'completed', 0, second);

/** Two phones ring, the second is answered. */
const ANSWERED: CallEvent[] = [
  leg(MONA, 'ringing', 1, 2),
  leg(KARIM, 'ringing', 1, 3),
  leg(KARIM, 'in-progress', 2, 8),
  leg(MONA, 'no-answer', 2, 9),
  leg(KARIM, 'completed', 3, 28, 20),
  dial('completed', KARIM, 28),
  gone(29),
];

function* permutations<T>(items: T[]): Generator<T[]> {
  if (items.length === 0) yield items;
  for (const [at, first] of items.entries()) {
    for (const rest of permutations(items.toSpliced(at, 1))) yield [first, ...rest];
  }
}

test('of several phones that ring, the one that is answered names the agent', () => {
  const record = callRecord(BASE, ANSWERED);
  assert.deepEqual(record.agent, { id: 'karim.adel', name: 'Karim' });
  assert.equal(record.status, 'ended');
  assert.equal(record.outcome, 'answered');
  assert.equal(record.durationSeconds, 20);
  assert.deepEqual([record.ringingAt, record.answeredAt, record.endedAt], [at(2), at(8), at(28)]);
  assert.ok(!('rung' in record));
});

test('all 5,040 orders of its seven events give the same record, with a repeat too', () => {
  const expected = JSON.stringify(callRecord(BASE, ANSWERED));
  let count = 0;
  for (const order of permutations(ANSWERED)) {
    assert.equal(JSON.stringify(callRecord(BASE, order)), expected);
    assert.equal(JSON.stringify(callRecord(BASE, [...order, order[count % order.length]!])), expected);
    count += 1;
  }
  assert.equal(count, 5040);
});

/** A message as it is told, and as the carrier's REST API has it when it is asked: times of its own, no order of events. */
const message = recorded('RecordVerb', 'completed');
const TOLD: CallEvent[] = [dial('no-answer', KARIM, 22), recorded('RecordVerb', 'in-progress'), message, gone(40)];
const ASKED: CallEvent[] = [
  { ...leg(KARIM, 'no-answer', 0, 22, 0), sequenceNumber: null, source: 'rest' },
  { ...leg(PARENT, 'in-progress', 0, 1), sequenceNumber: null, source: 'rest' },
  { ...leg(PARENT, 'completed', 0, 40, 40), sequenceNumber: null, source: 'rest' },
  { ...message, firedAt: at(59) },
];

test('a message is one whatever callbacks are lost, and whether they come before or after the carrier was asked', () => {
  for (let lost = 0; lost < 2 ** TOLD.length; lost += 1) {
    const told = TOLD.filter((_, index) => (lost & (1 << index)) === 0);
    const expected = JSON.stringify(callRecord(BASE, [...told, ...ASKED]));
    for (const order of permutations(told)) {
      for (let before = 0; before <= order.length; before += 1) {
        const events = order.toSpliced(before, 0, ...ASKED);
        assert.equal(JSON.stringify(callRecord(BASE, events)), expected);
        assert.equal(JSON.stringify(callRecord(BASE, events.toReversed())), expected);
      }
    }
    const { outcome, endedAt, durationSeconds, recordings } = callRecord(BASE, [...told, ...ASKED]);
    assert.deepEqual([outcome, endedAt, durationSeconds], ['voicemail', at(40), 0]);
    assert.deepEqual(recordings, [
      { recordingSid: `RE${'e'.repeat(32)}`, status: 'completed', durationSeconds: 7, channels: 1 },
    ]);
  }
});

interface End {
  name: string;
  events: CallEvent[];
  base?: CallBase;
  outcome: CallOutcome;
  agent?: string;
  seconds?: number;
}

const ENDS: End[] = [
  {
    name: 'the customer gives up while phones ring',
    events: [leg(MONA, 'ringing', 1, 2), leg(MONA, 'canceled', 2, 5), leg(KARIM, 'canceled', 2, 5), gone(5)],
    outcome: 'missed',
  },
  {
    name: 'everybody declines, and nobody leaves a message',
    events: [leg(MONA, 'busy', 2, 4), leg(KARIM, 'busy', 2, 5), dial('busy', KARIM, 5), gone(20)],
    outcome: 'missed',
  },
  {
    name: 'nobody answers, the customer leaves a message',
    events: [dial('no-answer', KARIM, 22), recorded('RecordVerb', 'completed'), gone(40)],
    outcome: 'voicemail',
  },
  {
    name: 'a message that is still being prepared',
    events: [recorded('RecordVerb', 'in-progress'), gone(40)],
    outcome: 'voicemail',
  },
  {
    name: 'a message without a sound',
    events: [recorded('RecordVerb', 'in-progress'), recorded('RecordVerb', 'absent'), gone(40)],
    outcome: 'missed',
  },
  {
    name: 'a recording of a conversation is no message',
    events: [...ANSWERED, recorded('DialVerb', 'completed')],
    outcome: 'answered',
    agent: 'karim.adel',
    seconds: 20,
  },
  {
    name: 'the number that calls are forwarded to answers',
    events: [
      leg(MONA, 'no-answer', 2, 20),
      dial('no-answer', MONA, 20),
      leg(NUMBER, 'in-progress', 2, 25),
      leg(NUMBER, 'completed', 3, 44, 19),
      dial('completed', NUMBER, 44),
      gone(45),
    ],
    outcome: 'answered',
    agent: '',
    seconds: 19,
  },
  { name: 'nobody was reachable', events: [gone(9)], base: NOBODY, outcome: 'missed', agent: '' },
  {
    name: 'only the dial says that it was answered, and by which leg',
    events: [leg(KARIM, 'ringing', 1, 3), dial('completed', KARIM, 28), gone(29)],
    outcome: 'answered',
    agent: 'karim.adel',
    seconds: 19,
  },
  {
    name: 'two answered in one moment, the carrier joined one of them',
    events: [
      leg(MONA, 'in-progress', 2, 8),
      leg(MONA, 'completed', 3, 8, 0),
      leg(KARIM, 'in-progress', 2, 9),
      leg(KARIM, 'completed', 3, 28, 19),
      dial('completed', KARIM, 28),
      gone(28),
    ],
    outcome: 'answered',
    agent: 'karim.adel',
    seconds: 19,
  },
  {
    name: 'the customer’s end is known from the dial’s result only',
    events: [dial('no-answer', MONA, 7, 'completed')],
    outcome: 'missed',
  },
];

for (const { name, events, base = BASE, outcome, agent = 'mona', seconds = 0 } of ENDS) {
  test(`incoming: ${name}`, () => {
    const record = callRecord(base, events);
    assert.equal(record.status, 'ended');
    assert.equal(record.outcome, outcome);
    assert.equal(record.agent.id, agent);
    assert.equal(record.durationSeconds, seconds);
    assert.equal(JSON.stringify(callRecord(base, events.toReversed())), JSON.stringify(record));
  });
}

test('a call that is forwarded names the telephone that took it', () => {
  const record = callRecord(BASE, [leg(NUMBER, 'in-progress', 2, 25)]);
  assert.deepEqual([record.status, record.agent], ['open', { id: '', name: '+201009999999' }]);
});

test('the end of a phone that did not take the call ends nothing', () => {
  assert.equal(callRecord(BASE, []).status, 'ringing');
  assert.equal(callRecord(BASE, [leg(MONA, 'busy', 2, 4)]).status, 'ringing');
  assert.equal(callRecord(BASE, [dial('no-answer', MONA, 20)]).status, 'ringing');
  const late = [leg(MONA, 'in-progress', 2, 8), leg(MONA, 'completed', 3, 9, 0)];
  assert.equal(callRecord(BASE, [...late, leg(KARIM, 'in-progress', 2, 8)]).status, 'open');
  const open = callRecord(BASE, [leg(KARIM, 'in-progress', 2, 8), leg(MONA, 'no-answer', 2, 9)]);
  assert.deepEqual([open.status, open.outcome, open.durationSeconds], ['open', null, null]);
});

test('who sees an incoming call: all who were rung, then who took it; everybody when nobody was', () => {
  const viewers = (base: CallBase, events: CallEvent[]) => viewersOf(base, callRecord(base, events));
  assert.deepEqual(viewers(BASE, []), ['mona', 'karim.adel']);
  assert.deepEqual(viewers(BASE, [gone(9)]), ['mona', 'karim.adel']);
  assert.deepEqual(viewers(BASE, [leg(KARIM, 'in-progress', 2, 8)]), ['karim.adel']);
  assert.deepEqual(viewers(BASE, ANSWERED), ['karim.adel']);
  assert.deepEqual(viewers(BASE, [leg(NUMBER, 'in-progress', 2, 8)]), ['mona', 'karim.adel']);
  assert.deepEqual(viewers(NOBODY, [gone(9)]), ['']);
  const outgoing: CallBase = { ...BASE, direction: 'outgoing' };
  assert.deepEqual(viewers(outgoing, [gone(9)]), ['mona']);
});

const seconds = fc.constantFrom(5, 6, 7).map(at);
const anyEvent: fc.Arbitrary<CallEvent> = fc.oneof(
  fc
    .record({
      callSid: fc.constantFrom(PARENT, MONA, KARIM, NUMBER),
      status: fc.constantFrom('initiated', 'ringing', 'in-progress', 'completed', 'busy', 'no-answer', 'canceled'),
      sequenceNumber: fc.option(fc.nat(2)),
      firedAt: seconds,
      callDuration: fc.constantFrom(7, 8, null),
      named: fc.boolean(),
    })
    .map(({ named, callSid, ...rest }) => {
      const { to, ...event } = { ...leg(callSid, '', 0, 0), ...rest };
      return named && to ? { ...event, to } : event;
    }),
  fc
    .record({
      dialCallSid: fc.constantFrom(MONA, KARIM, NUMBER, null),
      dialStatus: fc.constantFrom('completed', 'answered', 'busy', 'no-answer', 'canceled'),
      status: fc.constantFrom('in-progress', 'completed', null),
      firedAt: seconds,
    })
    .map((event) => ({ ...dial('busy', null, 0), ...event })),
  fc
    .tuple(fc.constantFrom('RecordVerb', 'DialVerb'), fc.constantFrom('in-progress', 'completed', 'absent'))
    .map(([source, status]) => recorded(source, status as RecordingEvent['status'])),
);

test('random histories: order and repeats change nothing, and an ended call never reopens', () => {
  fc.assert(
    fc.property(
      fc.array(anyEvent, { maxLength: 14 }),
      fc.infiniteStream(fc.nat()),
      fc.constantFrom(BASE, NOBODY),
      (events, numbers, base) => {
        const expected = JSON.stringify(callRecord(base, events));
        const shuffled = [...events, ...events.filter((_, index) => index % 2 === 0)]
          .map((event) => ({ event, key: numbers.next().value! }))
          .sort((a, b) => a.key - b.key)
          .map(({ event }) => event);
        assert.equal(JSON.stringify(callRecord(base, shuffled)), expected);
        let ended = false;
        for (const [index] of shuffled.entries()) {
          const record = callRecord(base, shuffled.slice(0, index + 1));
          assert.ok(!ended || record.status === 'ended');
          ended = record.status === 'ended';
          assert.equal(record.endedAt === null, !ended);
          assert.ok(record.durationSeconds === null || record.durationSeconds >= 0);
          assert.ok(viewersOf(base, record).length > 0);
        }
      },
    ),
    { numRuns: 3000 },
  );
});
