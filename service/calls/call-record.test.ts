import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { callRecord, type CallBase } from './call-record.ts';
import type { CallEvent, DialResultEvent, LegStatusEvent } from './call-event.ts';
import type { CallOutcome } from '../contract.ts';

const PARENT = `CA${'a'.repeat(32)}`;
const CHILD = `CA${'b'.repeat(32)}`;
const BASE: CallBase = {
  callId: '019a0000-0000-7000-8000-000000000000',
  direction: 'outgoing',
  agent: { id: 'mona', name: 'Mona' },
  customer: { number: '+201001234500', name: null },
  callerId: '+20224610000',
  createdAt: '2026-11-23T10:00:00.000Z',
};

function leg(
  status: string,
  sequenceNumber: number,
  second: number,
  more: Partial<LegStatusEvent> = {},
): LegStatusEvent {
  return {
    kind: 'leg-status',
    callSid: CHILD,
    parentCallSid: PARENT,
    status,
    sequenceNumber,
    firedAt: `2026-11-23T10:00:${String(second).padStart(2, '0')}.000Z`,
    callDuration: null,
    sipResponseCode: null,
    ...more,
  };
}

const parentEnd = leg('completed', 0, 31, { callSid: PARENT, parentCallSid: null, callDuration: 30 });
const recorded = (status: 'in-progress' | 'completed'): CallEvent => ({
  kind: 'recording',
  callSid: PARENT,
  recordingSid: `RE${'c'.repeat(32)}`,
  status,
  durationSeconds: status === 'completed' ? 20 : null,
  channels: 2,
  firedAt: '2026-11-23T10:00:32.000Z',
});

/** The seven events of one answered call. */
const ANSWERED: CallEvent[] = [
  leg('initiated', 0, 1),
  leg('ringing', 1, 2),
  leg('in-progress', 2, 9),
  leg('completed', 3, 30, { callDuration: 21, sipResponseCode: 200 }),
  parentEnd,
  recorded('in-progress'),
  recorded('completed'),
];

function* permutations<T>(items: T[]): Generator<T[]> {
  if (items.length === 0) yield items;
  for (const [at, first] of items.entries()) {
    for (const rest of permutations(items.toSpliced(at, 1))) yield [first, ...rest];
  }
}

test('an answered call', () => {
  const record = callRecord(BASE, ANSWERED);
  assert.equal(record.status, 'ended');
  assert.equal(record.outcome, 'answered');
  assert.equal(record.durationSeconds, 21);
  assert.equal(record.ringingAt, '2026-11-23T10:00:02.000Z');
  assert.equal(record.answeredAt, '2026-11-23T10:00:09.000Z');
  assert.equal(record.endedAt, '2026-11-23T10:00:30.000Z');
  assert.deepEqual(record.recordings, [
    { recordingSid: `RE${'c'.repeat(32)}`, status: 'completed', durationSeconds: 20, channels: 2 },
  ]);
});

test('all 5,040 orders of the seven events give the same record, with a repeat too', () => {
  const expected = JSON.stringify(callRecord(BASE, ANSWERED));
  let count = 0;
  for (const order of permutations(ANSWERED)) {
    const repeated = order[count % order.length]!;
    assert.equal(JSON.stringify(callRecord(BASE, order)), expected);
    assert.equal(JSON.stringify(callRecord(BASE, [...order, repeated])), expected);
    count += 1;
  }
  assert.equal(count, 5040);
});

const statuses = [
  'queued',
  'initiated',
  'ringing',
  'in-progress',
  'completed',
  'busy',
  'failed',
  'no-answer',
  'canceled',
  'teleported',
];
const seconds = fc.constantFrom(5, 6, 7).map((second) => `2026-11-23T10:00:0${second}.000Z`);
/** Keys are few and bodies many, so that one fact is often delivered twice with different bodies. */
const anyEvent: fc.Arbitrary<CallEvent> = fc.oneof(
  fc.record({
    kind: fc.constant('leg-status' as const),
    callSid: fc.constantFrom(PARENT, CHILD, `CA${'d'.repeat(32)}`),
    parentCallSid: fc.constantFrom(null, PARENT),
    status: fc.constantFrom(...statuses),
    sequenceNumber: fc.option(fc.nat(2)),
    firedAt: seconds,
    callDuration: fc.constantFrom(7, 8, null),
    sipResponseCode: fc.constantFrom(200, 486, 487, 603, null),
  }),
  fc.record({
    kind: fc.constant('dial-result' as const),
    callSid: fc.constant(PARENT),
    status: fc.constantFrom('in-progress', 'completed', null),
    dialCallSid: fc.constantFrom(CHILD, null),
    dialStatus: fc.constantFrom('completed', 'busy', 'no-answer', 'failed', 'canceled'),
    dialDuration: fc.constantFrom(7, 8, null),
    firedAt: seconds,
  }),
  fc.record({
    kind: fc.constant('recording' as const),
    callSid: fc.constant(PARENT),
    recordingSid: fc.constantFrom(`RE${'1'.repeat(32)}`, `RE${'2'.repeat(32)}`),
    status: fc.constantFrom('in-progress' as const, 'completed' as const, 'absent' as const),
    durationSeconds: fc.constantFrom(3, 4, null),
    channels: fc.constantFrom(1, 2, null),
    firedAt: seconds,
  }),
  fc.record({
    kind: fc.constant('recording-pause' as const),
    callSid: fc.constant(PARENT),
    paused: fc.boolean(),
    firedAt: seconds,
  }),
);

/** Some facts, and another delivery of some of them: the same key, received at another time, or otherwise different. */
const history: fc.Arbitrary<CallEvent[]> = fc
  .array(fc.tuple(anyEvent, fc.option(fc.tuple(seconds, fc.boolean()))), { maxLength: 12 })
  .map((facts) =>
    facts.flatMap(([event, again]): CallEvent[] => {
      if (!again) return [event];
      const [firedAt, otherwise] = again;
      return [event, otherwise ? otherBody({ ...event, firedAt }) : { ...event, firedAt }];
    }),
  );

function otherBody(event: CallEvent): CallEvent {
  switch (event.kind) {
    case 'leg-status':
      return { ...event, callDuration: 9, sipResponseCode: 404 };
    case 'dial-result':
      return { ...event, dialStatus: 'answered', dialDuration: 9 };
    case 'recording':
      return { ...event, durationSeconds: 9, channels: 3 };
    case 'recording-pause':
      return { ...event, callSid: CHILD };
  }
}

test('random histories: order, repeats and differing repeats change nothing, and an ended call never reopens', () => {
  fc.assert(
    fc.property(history, fc.infiniteStream(fc.nat()), (events, numbers) => {
      const expected = JSON.stringify(callRecord(BASE, events));
      const shuffled = [...events, ...events.filter((_, index) => index % 2 === 0)]
        .map((event) => ({ event, key: numbers.next().value! }))
        .sort((a, b) => a.key - b.key)
        .map(({ event }) => event);
      assert.equal(JSON.stringify(callRecord(BASE, shuffled)), expected);
      let ended = false;
      for (const [index] of shuffled.entries()) {
        const { status, durationSeconds } = callRecord(BASE, shuffled.slice(0, index + 1));
        assert.ok(!ended || status === 'ended');
        ended = status === 'ended';
        assert.ok(durationSeconds === null || durationSeconds >= 0);
      }
    }),
    { numRuns: 3000 },
  );
});

test('a recording is paused by the last word while the call is open; of two at one time, it is recorded', () => {
  const word = (paused: boolean, second: number): CallEvent => ({
    kind: 'recording-pause',
    callSid: PARENT,
    paused,
    firedAt: `2026-11-23T10:00:${second}.000Z`,
  });
  const isPaused = (...events: CallEvent[]) =>
    callRecord(BASE, [leg('in-progress', 2, 9), ...events]).recordingPaused === true;
  assert.equal(isPaused(), false);
  assert.equal(isPaused(word(true, 10)), true);
  assert.equal(isPaused(word(false, 11), word(true, 10)), false);
  assert.equal(isPaused(word(true, 12), word(false, 11), word(true, 10)), true);
  assert.equal(isPaused(word(true, 12), word(false, 12)), false);
  assert.equal(isPaused(word(true, 12), parentEnd), false);
});

/** A generator of numbers from 0 to below 1 that gives the same ones in every run (Lehmer, 1951). */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

test('100,000 histories with losses, repeats and late arrivals: an ended call stays ended, and lengths are never negative', () => {
  const random = numbersFrom(4);
  const stories: CallEvent[][] = [
    ANSWERED,
    [
      leg('ringing', 1, 2),
      leg('busy', 2, 5, { sipResponseCode: 486 }),
      dialResult({ dialStatus: 'busy' }),
      agentEnd(6),
    ],
    [leg('ringing', 1, 2), leg('no-answer', 2, 30, { sipResponseCode: 487 }), dialResult(), agentEnd(31)],
    // Its times run backwards.
    [leg('in-progress', 2, 30), leg('completed', 3, 9), agentEnd(5), recorded('completed')],
  ];
  let ends = 0;
  for (let run = 0; run < 100_000; run += 1) {
    const arrivals = stories[run % stories.length]!.flatMap((event) =>
      random() < 0.2 ? [] : random() < 0.3 ? [event, event] : [event],
    )
      .map((event) => ({ event, at: random() }))
      .sort((a, b) => a.at - b.at)
      .map(({ event }) => event);
    const before = callRecord(BASE, arrivals.slice(0, Math.floor(random() * (arrivals.length + 1))));
    const after = callRecord(BASE, arrivals);
    if (before.status === 'ended') {
      ends += 1;
      assert.equal(after.status, 'ended');
    }
    for (const { durationSeconds } of [before, after]) assert.ok(durationSeconds === null || durationSeconds >= 0);
  }
  assert.ok(ends > 10_000, `${ends} had ended before the last arrival`);
});

test('of two deliveries of one fact, the earlier counts; of two of one moment, always the same', () => {
  const early = leg('completed', 3, 30, { callDuration: 21 });
  const late = { ...early, firedAt: '2026-11-23T10:00:45.000Z', callDuration: 36 };
  for (const events of [
    [early, late],
    [late, early],
  ]) {
    const { endedAt, durationSeconds } = callRecord(BASE, events);
    assert.deepEqual([endedAt, durationSeconds], ['2026-11-23T10:00:30.000Z', 21]);
  }
  const twin = { ...early, callDuration: 22 };
  assert.deepEqual(callRecord(BASE, [early, twin]), callRecord(BASE, [twin, early]));
});

function dialResult(more: Partial<DialResultEvent> = {}): DialResultEvent {
  return {
    kind: 'dial-result',
    callSid: PARENT,
    status: 'in-progress',
    dialCallSid: CHILD,
    dialStatus: 'no-answer',
    dialDuration: null,
    firedAt: '2026-11-23T10:00:30.000Z',
    ...more,
  };
}

function agentEnd(second: number): LegStatusEvent {
  return leg('completed', 0, second, { callSid: PARENT, parentCallSid: null });
}

const ENDS: [string, CallEvent[], CallOutcome][] = [
  ['busy', [leg('busy', 2, 5, { sipResponseCode: 486 })], 'busy'],
  ['declined arrives as busy with SIP 603', [leg('busy', 2, 5, { sipResponseCode: 603 })], 'declined'],
  ['rang out', [leg('no-answer', 2, 30, { sipResponseCode: 487 })], 'no-answer'],
  ['not in service', [leg('failed', 1, 3, { sipResponseCode: 404 })], 'not-in-service'],
  ['failed for another reason', [leg('failed', 1, 3, { sipResponseCode: 503 })], 'failed'],
  ['the agent gave up', [leg('ringing', 1, 2), leg('canceled', 2, 5, { sipResponseCode: 487 })], 'canceled'],
  ['rang out while the agent waited', [leg('no-answer', 2, 30, { sipResponseCode: 487 }), dialResult()], 'no-answer'],
  [
    'rang out, and then the agent’s leg ended',
    [leg('no-answer', 2, 30, { sipResponseCode: 487 }), dialResult(), agentEnd(31)],
    'no-answer',
  ],
  [
    'the agent gave up, and the carrier asks nobody what next',
    [leg('ringing', 1, 2), leg('no-answer', 2, 5, { sipResponseCode: 487 }), agentEnd(5)],
    'canceled',
  ],
  [
    'the agent gave up, and the carrier asks all the same',
    [leg('ringing', 1, 2), leg('no-answer', 2, 5), dialResult({ status: 'completed' })],
    'canceled',
  ],
  [
    'switched off, although the agent has gone since',
    [leg('no-answer', 2, 5, { sipResponseCode: 480 }), agentEnd(9)],
    'no-answer',
  ],
  ['only the agent’s end was heard of', [leg('ringing', 1, 2), agentEnd(5)], 'canceled'],
  ['the agent’s leg failed', [leg('failed', 0, 5, { callSid: PARENT, parentCallSid: null })], 'failed'],
  ['the end of the customer’s leg was lost', [dialResult({ dialStatus: 'busy' }), agentEnd(6)], 'busy'],
];

for (const [name, events, outcome] of ENDS) {
  test(`outcome: ${name}`, () => {
    const record = callRecord(BASE, events);
    assert.equal(record.status, 'ended');
    assert.equal(record.outcome, outcome);
    assert.equal(record.durationSeconds, 0);
  });
}

test('the length of a conversation whose end was never reported is taken from its times', () => {
  const record = callRecord(BASE, [leg('in-progress', 2, 9), agentEnd(29)]);
  assert.deepEqual([record.outcome, record.durationSeconds], ['answered', 20]);
});

test('a call that was refused stays so, whatever is told of the leg that heard it', () => {
  const base = { ...BASE, refusal: 'spend-limit' as const };
  const refused = callRecord(base, []);
  assert.deepEqual([refused.status, refused.outcome, refused.refusal], ['ended', 'failed', 'spend-limit']);
  fc.assert(
    fc.property(history, (events) => {
      const { recordings: _, ...rest } = callRecord(base, events);
      const { recordings: none, ...before } = refused;
      assert.deepEqual([rest, none], [before, []]);
    }),
  );
});

test('a call in progress', () => {
  assert.equal(callRecord(BASE, []).status, 'dialing');
  assert.equal(callRecord(BASE, [leg('initiated', 0, 1)]).status, 'dialing');
  assert.equal(callRecord(BASE, [leg('ringing', 1, 2)]).status, 'ringing');
  // Busy, says the carrier; declined, the leg's own end may say a moment later.
  assert.equal(callRecord(BASE, [leg('ringing', 1, 2), dialResult({ dialStatus: 'busy' })]).status, 'ringing');
  const open = callRecord(BASE, [leg('in-progress', 2, 9)]);
  assert.equal(open.status, 'open');
  assert.equal(open.outcome, null);
  assert.equal(open.durationSeconds, null);
});
