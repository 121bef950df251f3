import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { SignJWT } from 'jose';
import { createLogger } from '../../logger.ts';
import type { ServiceError } from '../../errors.ts';
import { signingKey, startKeyServer, type KeyServer, type SigningKey } from '../../testing/key-server.ts';
import type { Authenticate } from '../authentication.ts';
import { jwksAuthentication } from './jwks.ts';

let first: SigningKey;
let second: SigningKey;
let server: KeyServer;
let steady = 0;
let authenticate: Authenticate;
before(async () => {
  first = await signingKey('ES256', 'first');
  second = await signingKey('RS256', 'second');
  server = await startKeyServer([]);
});
beforeEach(() => {
  Object.assign(server, { keys: [first.publicJwk], trouble: undefined, asked: 0 });
  authenticate = jwksAuthentication({
    url: server.url,
    issuer: undefined,
    clock: () => new Date(),
    logger: createLogger('silent'),
    steadyNow: () => steady,
  });
});
after(() => server.close());

function token(key: SigningKey): Promise<string> {
  const { alg, kid } = key.publicJwk;
  return new SignJWT({})
    .setProtectedHeader({ alg: alg!, kid: kid! })
    .setAudience('almasar-dialer')
    .setSubject('mona')
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(key.privateKey);
}

async function codeOf(key: SigningKey): Promise<string> {
  const bearer = await token(key);
  return authenticate(bearer).then(
    ({ agent }) => agent.id,
    (error: unknown) => (error as ServiceError).code,
  );
}

/** Until the server was asked so often. */
async function asked(times: number): Promise<void> {
  while (server.asked < times) await new Promise((resolve) => setTimeout(resolve, 5));
}

test('the keys are fetched once for many tokens at once, and no more', async () => {
  assert.deepEqual(await Promise.all(Array.from({ length: 20 }, () => codeOf(first))), Array(20).fill('mona'));
  assert.equal(await codeOf(first), 'mona');
  assert.equal(server.asked, 1);
});

test('a key of which nobody heard is looked for, once in 30 s whatever comes', async () => {
  assert.equal(await codeOf(first), 'mona');
  for (let index = 0; index < 50; index += 1) assert.equal(await codeOf(second), 'unauthenticated');
  assert.equal(server.asked, 1);
  server.keys = [first.publicJwk, second.publicJwk];
  steady += 30_000;
  assert.equal(await codeOf(second), 'mona');
  assert.equal(server.asked, 2);
});

test('keys are fetched anew after ten minutes; one that was withdrawn counts no more', async () => {
  assert.equal(await codeOf(first), 'mona');
  server.keys = [second.publicJwk];
  steady += 10 * 60_000;
  assert.equal(await codeOf(first), 'mona');
  await asked(2);
  while ((await codeOf(first)) === 'mona');
  assert.equal(await codeOf(second), 'mona');
  assert.equal(server.asked, 2);
});

test('while the CRM’s server fails, the last keys count', async () => {
  assert.equal(await codeOf(first), 'mona');
  for (const trouble of [500, 404, 302, 'silence'] as const) {
    server.trouble = trouble;
    steady += 10 * 60_000;
    assert.equal(await codeOf(first), 'mona');
    assert.equal(await codeOf(second), 'unauthenticated');
    if (trouble === 'silence') break;
  }
  assert.equal(server.asked, 5);
});

test('without any key it is the service that cannot answer, and the failing server is left alone for 30 s', async () => {
  server.trouble = 503;
  for (let index = 0; index < 20; index += 1) assert.equal(await codeOf(first), 'service-busy');
  assert.equal(server.asked, 1);
  server.trouble = undefined;
  steady += 30_000;
  assert.equal(await codeOf(first), 'mona');
});
