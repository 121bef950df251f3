import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, mock, test } from 'node:test';
import { ProblemError } from '../core/problem-error.ts';
import type { Reach } from '../core/reach.ts';
import type { ProblemCode } from '../core/state.ts';
import { stateIn } from '../testing/state-in.ts';
import { PhoneReporter } from './phone-report.ts';

describe('the heartbeat of the phone', () => {
  let refusal: ProblemCode | null;
  let reporter: PhoneReporter;
  let shown: Reach[];

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout', 'Date'] });
    refusal = null;
    shown = [];
    reporter = new PhoneReporter({
      client: {
        reportPhone: () => (refusal ? Promise.reject(new ProblemError(refusal, '')) : Promise.resolve()),
        phoneGone: () => Promise.resolve(),
      },
      holder: 'a',
      place: 'page',
      getState: () => stateIn('idle', {}, { reach: 'ready' }),
      onReach: () => shown.push(reporter.reach('ready')),
    });
  });

  afterEach(() => {
    reporter.close();
    mock.timers.reset();
  });

  async function pass(seconds: number): Promise<Reach> {
    for (let second = 0; second < seconds; second += 1) {
      mock.timers.tick(1000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    return shown.at(-1)!;
  }

  test('that was taken in says ready, and for as long as the service still believes in the phone', async () => {
    assert.equal(await pass(1), 'ready');
    refusal = 'service-unreachable';
    assert.equal(await pass(45), 'ready');
    assert.equal(await pass(20), 'service');
    refusal = null;
    assert.equal(await pass(5), 'ready');
  });

  test('that is refused, since nobody is signed in any more, says so: the agent can mend that', async () => {
    await pass(1);
    refusal = 'unauthenticated';
    assert.equal(await pass(65), 'signed-out');
    refusal = null;
    assert.equal(await pass(5), 'ready');
  });

  test('that was never taken in is no phone on its way', async () => {
    assert.equal(reporter.reach('ready'), 'connecting');
    refusal = 'unauthenticated';
    assert.equal(await pass(1), 'signed-out');
    refusal = 'service-unreachable';
    assert.equal(await pass(5), 'service');
    assert.equal(reporter.reach('offline'), 'offline');
  });
});
