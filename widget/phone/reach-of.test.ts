import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Reach } from '../core/reach.ts';
import { reachOf, type ReachFacts } from './reach-of.ts';

const READY: ReachFacts = {
  wanted: true,
  online: true,
  asleep: false,
  registered: true,
  tokenProblem: null,
  missingMs: 0,
  microphone: null,
};

const CASES: [Reach, string, Partial<ReachFacts>][] = [
  ['ready', 'all is well', {}],
  ['ready', 'a token that fails now is no harm while the one in use is good', { tokenProblem: 'service-unreachable' }],
  ['off', 'not wanted, whatever else', { wanted: false, online: false, asleep: true, registered: false }],
  ['asleep', 'frozen, though the device says it is registered', { asleep: true }],
  ['asleep', 'frozen without a network', { asleep: true, online: false }],
  ['offline', 'no network, though the device says it is registered', { online: false }],
  ['offline', 'no network, and so no token', { online: false, registered: false, tokenProblem: 'service-unreachable' }],
  ['signed-out', 'the page gives no token', { registered: false, tokenProblem: 'unauthenticated', missingMs: 60_000 }],
  ['service', 'the service gives none', { registered: false, tokenProblem: 'service-unreachable' }],
  ['connecting', 'not registered for a moment', { registered: false, missingMs: 9999 }],
  ['service', 'not registered for long', { registered: false, missingMs: 10_000 }],
  ['no-microphone', 'a call could not be answered', { microphone: 'microphone-denied' }],
  [
    'connecting',
    'the microphone is not the first thing to mend',
    { microphone: 'microphone-missing', registered: false },
  ],
  ['no-microphone', 'a page that is not secure gets no further', { microphone: 'insecure-page', registered: false }],
];

for (const [reach, name, facts] of CASES) {
  test(`${reach}: ${name}`, () => assert.equal(reachOf({ ...READY, ...facts }), reach));
}
