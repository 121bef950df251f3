import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stateIn } from '../testing/state-in.ts';
import { REACHES, reachInWrapUp } from './reach.ts';
import { PHASES } from './state.ts';

/** Phases in which a conversation is over and nobody has closed it. */
const WRITTEN_UP = new Set(['ending', 'ended']);

for (const phase of PHASES) {
  test(`writing up in ${phase}: who would be ready is away after a conversation; what else keeps calls away is said`, () => {
    for (const reach of REACHES) {
      const after = reachInWrapUp(reach, stateIn(phase, { openedAt: 1 }));
      assert.equal(after, reach === 'ready' && WRITTEN_UP.has(phase) ? 'away' : reach, reach);
      assert.equal(reachInWrapUp(reach, stateIn(phase, { openedAt: null })), reach, `${reach}, nobody talked`);
    }
  });
}
