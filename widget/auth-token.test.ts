import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, mock, test } from 'node:test';
import { AuthToken } from './auth-token.ts';
import { ProblemError } from './core/problem-error.ts';

const problem = (code: string) => (error: unknown) => error instanceof ProblemError && error.problem.code === code;

describe('a page that is slow to give its auth token', () => {
  let asked: PromiseWithResolvers<string>[];
  let token: AuthToken;

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout', 'Date'] });
    asked = [];
    token = new AuthToken(() => {
      asked.push(Promise.withResolvers());
      return asked.at(-1)!.promise;
    });
  });
  afterEach(() => mock.timers.reset());

  /** Waits for the page no longer than the agent does. */
  async function waitInVain(): Promise<void> {
    const got = assert.rejects(token.get(), problem('service-unreachable'));
    mock.timers.tick(10_000);
    await got;
  }

  test('is not waited for for ever, nor asked twice; what it answers late counts', async () => {
    await waitInVain();
    await waitInVain();
    assert.equal(asked.length, 1, 'it may be asking a person');
    asked[0]!.resolve('late');
    assert.equal(await token.get(), 'late');
    assert.equal(asked.length, 1);
  });

  test('is asked anew once nobody believes in an answer any more', async () => {
    for (let ms = 0; ms <= 60_000; ms += 10_000) await waitInVain();
    mock.timers.tick(1);
    const got = token.get();
    assert.equal(asked.length, 2);
    asked[1]!.resolve('second');
    assert.equal(await got, 'second');
  });

  test('an answer that comes after another was asked for changes nothing for the newer one', async () => {
    for (let ms = 0; ms <= 60_000; ms += 10_000) await waitInVain();
    mock.timers.tick(1);
    const second = token.get();
    asked[1]!.resolve('second');
    assert.equal(await second, 'second');
    asked[0]!.resolve('first');
    await asked[0]!.promise;
    token.forget('second');
    const third = token.get();
    assert.equal(asked.length, 3, 'the one that was refused is not kept');
    asked[2]!.resolve('third');
    assert.equal(await third, 'third');
  });

  test('a token that was refused while another is on its way does not have a third asked for', async () => {
    const first = token.get();
    asked[0]!.resolve('first');
    await first;
    token.forget('first');
    const second = token.get();
    token.forget('first');
    asked[1]!.resolve('second');
    assert.deepEqual([await second, await token.get(), asked.length], ['second', 'second', 2]);
  });
});

test('a reason of its own is passed on: a CRM that is away is no sign-in that has run out', async () => {
  const away = new AuthToken(() => Promise.reject(new ProblemError('service-unreachable', '503')));
  await assert.rejects(away.get(), problem('service-unreachable'));
  const signedOut = new AuthToken(() => Promise.reject(new Error('401')));
  await assert.rejects(signedOut.get(), problem('unauthenticated'));
});
