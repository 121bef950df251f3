import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { hearQuality, startQuality, warningsOf, type QualityFact } from './call-quality.ts';

type Step = [
  seconds: number,
  fact: 'tick' | 'packet' | 'dead' | 'loud' | 'hush' | 'mute' | 'unmute' | `${'+' | '-'}${string}`,
];

function factOf([seconds, what]: Step): QualityFact {
  const at = seconds * 1000;
  if (what.startsWith('+') || what.startsWith('-')) {
    return { type: 'warning', name: what.slice(1), on: what.startsWith('+'), at };
  }
  if (what === 'mute' || what === 'unmute') return { type: 'muted', on: what === 'mute', at };
  if (what === 'loud' || what === 'hush') return { type: 'volume', input: what === 'loud' ? 0.02 : 0, at };
  return { type: 'sample', packetsReceived: what === 'tick' ? 0 : 50, dead: what === 'dead', at };
}

/** Packets arrive in every second. */
const packets = (from: number, to: number): Step[] =>
  Array.from({ length: to - from + 1 }, (_, index) => [from + index, 'packet']);

/** A call in which all is well in every second, but for what the case says. */
const well = (from: number, to: number): Step[] =>
  Array.from({ length: to - from + 1 }, (_, index): Step[] => [
    [from + index, 'loud'],
    [from + index, 'packet'],
  ]).flat();

function warnings(steps: Step[]): string[] {
  let quality = startQuality(0);
  for (const step of steps) quality = hearQuality(quality, factOf(step));
  return warningsOf(quality, (steps.at(-1)?.[0] ?? 0) * 1000);
}

const CASES: [name: string, steps: Step[], expected: string[]][] = [
  ['all is well', well(1, 20), []],
  ['long round trip', [...well(1, 5), [5, '+high-rtt']], ['delayed']],
  ['jitter', [...well(1, 5), [5, '+high-jitter']], ['choppy']],
  ['packets lost', [...well(1, 5), [5, '+high-packet-loss'], [5, '+high-packets-lost-fraction']], ['choppy']],
  ['bad score and delay', [...well(1, 5), [5, '+low-mos'], [5, '+high-rtt']], ['choppy', 'delayed']],
  ['nothing is sent', [...well(1, 5), [5, '+low-bytes-sent']], ['not-heard-network']],
  ['nothing arrives, says the SDK', [...well(1, 5), [5, '+low-bytes-received']], ['customer-silent']],
  [
    'one cause of two is gone',
    [...well(1, 5), [5, '+low-mos'], [5, '+high-jitter'], ...well(6, 9), [9, '-low-mos'], ...well(10, 15)],
    ['choppy'],
  ],
  [
    'several at once',
    [...well(1, 5), [5, '+high-rtt'], [5, '+low-mos'], [5, '+low-bytes-sent'], ...well(6, 7)],
    ['choppy', 'delayed', 'not-heard-network'],
  ],
  [
    'what else is wrong is told again when the connection is back',
    [...well(1, 5), [5, '+low-mos'], [6, '+ice-connectivity-lost'], [7, '-ice-connectivity-lost'], ...well(8, 11)],
    ['choppy'],
  ],
  ['a warning nobody knows', [...well(1, 5), [5, '+high-tide']], []],
  [
    'gone, but not for long enough',
    [...well(1, 5), [5, '+high-rtt'], [6, '-high-rtt'], [7, 'packet'], [7, 'loud']],
    ['delayed'],
  ],
  ['gone for 3 s', [...well(1, 5), [5, '+high-rtt'], [6, '-high-rtt'], ...well(6, 9)], []],
  ['a customer who says nothing sends packets all the same', [...well(1, 30)], []],
  ['no packets for 4 s', [...well(1, 5), [9, 'loud'], [9, 'tick']], []],
  ['no packets for 5 s', [...well(1, 5), [10, 'loud'], [10, 'tick']], ['customer-silent']],
  ['no sound of the microphone for 5 s', [...well(1, 5), ...packets(6, 10), [10, 'hush']], []],
  ['no sound of the microphone for 6 s', [...well(1, 5), ...packets(6, 11), [11, 'hush']], ['not-heard-microphone']],
  ['the same while muted', [...well(1, 5), [5, 'mute'], ...packets(6, 20), [20, 'hush']], []],
  ['just unmuted', [...well(1, 5), [5, 'mute'], [20, 'packet'], [20, 'unmute'], [22, 'packet']], []],
  [
    'unmuted and still nothing',
    [...well(1, 5), [5, 'mute'], [20, 'packet'], [20, 'unmute'], [26, 'packet']],
    ['not-heard-microphone'],
  ],
  ['the track is dead', [...well(1, 5), [6, 'dead']], ['not-heard-microphone']],
  ['the track is dead, and muted', [...well(1, 5), [6, 'mute'], [6, 'dead']], []],
  ['muted while the warning is up', [...well(1, 5), [6, 'dead'], [7, 'mute']], []],
  ['a constant level that is a quiet room', [...well(1, 5), [5, '+constant-audio-input-level'], ...well(6, 20)], []],
  [
    'a constant level that is nothing',
    [...well(1, 5), [5, '+constant-audio-input-level'], [8, 'packet']],
    ['not-heard-microphone'],
  ],
  [
    'the path is broken: nothing else counts',
    [...well(1, 5), [5, '+high-rtt'], [5, '+ice-connectivity-lost'], [15, 'tick']],
    ['no-connection'],
  ],
  [
    'the path is mended',
    [...well(1, 5), [5, '+ice-connectivity-lost'], [6, '-ice-connectivity-lost'], ...well(6, 9)],
    [],
  ],
];

describe('quality of a call', () => {
  for (const [name, steps, expected] of CASES) test(name, () => assert.deepEqual(warnings(steps), expected));
});
