import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, mock, test } from 'node:test';
import { ProblemError } from '../core/problem-error.ts';
import { StubService } from '../testing/stub-service.ts';
import { fetchAuthToken } from './auth-endpoint.ts';

const ROUTE = 'POST /token';
const isAway = (error: unknown) => error instanceof ProblemError && error.problem.code === 'service-unreachable';

describe('the CRM’s address for tokens', () => {
  let crm: StubService;
  const ask = () => fetchAuthToken(`${crm.url}/token`);
  beforeEach(async () => (crm = await new StubService().start()));
  afterEach(async () => {
    mock.restoreAll();
    await crm.stop();
  });

  test('gives one', async () => {
    crm.on(ROUTE, 200, { token: 'a.b.c' });
    assert.equal(await ask(), 'a.b.c');
  });

  test('gives none to whom it does not know, and anything else is no token', async () => {
    for (const [status, body] of [
      [401, { error: 'signed out' }],
      [200, { tokens: 1 }],
    ] as const) {
      crm.on(ROUTE, status, body);
      await assert.rejects(ask(), (error) => !isAway(error) && String(error).includes(`/token: ${status}`));
    }
  });

  test('that fails, or is not there, is away: nobody has to sign in again', async () => {
    crm.on(ROUTE, 503, {});
    await assert.rejects(ask(), isAway);
    const { url } = crm;
    await crm.stop();
    await assert.rejects(fetchAuthToken(`${url}/token`), isAway);
    await crm.start();
  });

  test('that never answers is given up', async () => {
    crm.on(ROUTE, 200);
    const limit = new AbortController();
    const timeout = mock.method(AbortSignal, 'timeout', () => limit.signal);
    const asked = ask();
    await crm.until(() => crm.routes().includes(ROUTE));
    assert.deepEqual(timeout.mock.calls[0]?.arguments, [15_000]);
    limit.abort();
    await assert.rejects(asked, isAway);
  });
});
