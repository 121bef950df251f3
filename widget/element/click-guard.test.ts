import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, mock, test } from 'node:test';
import { stateIn } from '../testing/state-in.ts';
import { ClickGuard } from './click-guard.ts';

describe('the second click of a double click', () => {
  let guard: ClickGuard;
  const wait = (ms: number) => mock.timers.setTime(Date.now() + ms);
  const call = () => stateIn('open', { startedAt: Date.now() }).call;

  beforeEach(() => {
    mock.timers.enable({ apis: ['Date'], now: 1e12 });
    guard = new ClickGuard();
  });
  afterEach(() => mock.timers.reset());

  test('neither answers nor hangs up what has just come', () => {
    guard.clicked();
    assert.equal(guard.allowsAnswer(), false);
    const begun = call();
    wait(500);
    assert.equal(guard.allowsHangUp(begun), false);
    wait(200);
    assert.deepEqual([guard.allowsHangUp(begun), guard.allowsAnswer()], [true, true]);
    assert.equal(guard.allowsHangUp(begun), false, 'answered just now');
  });

  test('is no matter of a clock that is set back during a call, or of another computer’s that is ahead', () => {
    const begun = call();
    guard.clicked();
    wait(-3_600_000);
    assert.deepEqual([guard.allowsHangUp(begun), guard.allowsAnswer()], [true, true]);
  });
});
