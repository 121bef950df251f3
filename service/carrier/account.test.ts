/** Nodes of one installation that make their API key themselves, and a carrier that is slow or loses it. */
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, test } from 'node:test';
import { createLogger } from '../logger.ts';
import { createInstallation } from '../storage/installation.ts';
import type { Store } from '../storage/store.ts';
import { startAccountStub, type AccountStub } from '../testing/account-stub.ts';
import { emptyStore } from '../testing/empty-store.ts';
import { eventually } from '../testing/recorded-call.ts';
import { AUTH_TOKEN } from '../testing/test-service.ts';
import { createCarrierAccount, type CarrierAccount } from './account.ts';

let carrier: AccountStub;
let store: Store;
let remove: () => Promise<void>;
let now: number;

beforeEach(async () => {
  now = Date.now();
  carrier = await startAccountStub(AUTH_TOKEN);
  ({ store, remove } = await emptyStore());
});
afterEach(async () => {
  await remove();
  await carrier.close();
});

/** Another node each time; `awake: false` renews no lease. */
function node({ awake = true } = {}): CarrierAccount {
  return createCarrierAccount({
    baseUrl: carrier.url,
    accountSid: `AC${'1'.repeat(32)}`,
    authTokens: [AUTH_TOKEN],
    apiKey: undefined,
    apiSecret: undefined,
    applicationSid: undefined,
    publicUrl: 'https://dialer.example.com',
    voiceFallbackUrl: undefined,
    installation: createInstallation(store),
    clock: () => new Date(now),
    logger: createLogger('silent'),
    onSecret: () => {},
    renewEveryMs: awake ? 10 : 1e9,
  });
}

const made = () => carrier.asked.filter((line) => line === 'POST Keys.json').length;

/** Holds the answers to the first request for a key until the test lets go. */
function holdFirst(): () => void {
  const { promise, resolve } = Promise.withResolvers<void>();
  let first = true;
  carrier.hold = (line) => {
    if (line !== 'POST Keys.json' || !first) return undefined;
    first = false;
    return promise;
  };
  return resolve;
}

async function leaseUntil(): Promise<number> {
  const row = await store.db.selectFrom('leases').select('until').executeTakeFirst();
  return Date.parse(row?.until ?? '');
}

test('a carrier that is slower than the lease: the other node waits, and one key is made', async () => {
  const letGo = holdFirst();
  const [slow, other] = [node(), node()];
  const first = slow.keys();
  await eventually(() => made() === 1);
  const second = other.keys();
  for (let seconds = 0; seconds < 20; seconds += 10) {
    now += 10_000;
    await eventually(async () => (await leaseUntil()) >= now + 15_000);
  }
  // Time for the other node to look more than once.
  await delay(400);
  assert.equal(made(), 1);
  letGo();
  assert.equal((await first).apiKey, (await second).apiKey);
  assert.deepEqual([...carrier.keys.keys()], [(await first).apiKey]);
});

test('a node that stood still while another made the key keeps nothing of its own, and uses the other’s', async () => {
  const letGo = holdFirst();
  const asleep = node({ awake: false });
  const first = asleep.keys();
  await eventually(() => made() === 1);
  now += 16_000;
  const { apiKey } = await node().keys();
  letGo();
  assert.equal((await first).apiKey, apiKey);
  assert.deepEqual([...carrier.keys.keys()], [apiKey]);
  assert.equal((await node().keys()).apiKey, apiKey);
});

test('a key that somebody deleted at the carrier is replaced once, by all nodes together, and asked with again', async () => {
  const nodes = [node(), node()];
  const [before] = await Promise.all(nodes.map((each) => each.keys()));
  assert.equal(made(), 1);
  carrier.keys.delete(before!.apiKey);
  await Promise.all(nodes.map((each) => each.prove()));
  assert.equal(made(), 2);
  const [after] = [...carrier.keys.keys()];
  for (const each of [...nodes, node()]) {
    assert.equal((await each.keys()).apiKey, after);
    assert.equal(each.apiKeyRefused(), false);
  }
  const answer = await nodes[0]!.rest.request('GET', 'Applications.json');
  assert.equal(answer.status, 200);
  await answer.body?.cancel();
});

test('until another could be made, the key counts as missing, and no token is signed with the old one', async () => {
  const account = node();
  const { apiKey } = await account.keys();
  assert.deepEqual([account.apiKeyOrigin(), account.apiKeyRefused()], ['created', false]);
  carrier.keys.delete(apiKey);
  const { promise, resolve } = Promise.withResolvers<void>();
  carrier.hold = (line) => (line === 'POST Keys.json' ? promise : undefined);
  const proved = account.prove();
  await eventually(() => made() === 2);
  assert.deepEqual([account.apiKeyOrigin(), account.apiKeyRefused()], ['missing', true]);
  const next = account.keys();
  resolve();
  await proved;
  assert.notEqual((await next).apiKey, apiKey);
  assert.deepEqual([account.apiKeyOrigin(), account.apiKeyRefused()], ['created', false]);
});

test('a key that is refused and still there is not replaced: the account is in trouble', async () => {
  const account = node();
  const { apiKey } = await account.keys();
  carrier.keys.set(apiKey, 'another secret');
  await account.prove();
  await account.prove();
  assert.equal(made(), 1);
  assert.deepEqual([account.apiKeyOrigin(), account.apiKeyRefused()], ['created', true]);
  // Whether it is there is not asked for each request that is refused.
  assert.equal(carrier.asked.filter((line) => line === `GET Keys/${apiKey}.json`).length, 1);
});
