import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Agent } from '../../calls/ports.ts';
import { rememberVerified } from './remember-verified.ts';

const NOW = new Date('2026-11-01T10:00:00Z');

function counted() {
  const verified: string[] = [];
  const authenticate = rememberVerified(
    (bearer) => {
      verified.push(bearer);
      const agent = { id: bearer } as Agent;
      return Promise.resolve({ agent, acceptedUntil: new Date(NOW.getTime() + 600_000), crmWordAt: NOW });
    },
    () => NOW,
  );
  return { verified, authenticate };
}

test('a token is verified once, and gives its own agent each time', async () => {
  const { verified, authenticate } = counted();
  for (const bearer of ['a', 'b', 'a', 'b']) assert.equal((await authenticate(bearer)).agent.id, bearer);
  assert.deepEqual(verified, ['a', 'b']);
});

test('no more than 10,000 tokens are remembered: with one more, all are verified anew', async () => {
  const { verified, authenticate } = counted();
  for (let index = 0; index < 10_000; index += 1) await authenticate(`token${index}`);
  await authenticate('token0');
  assert.equal(verified.length, 10_000);
  await authenticate('one more');
  await authenticate('token9999');
  assert.deepEqual(verified.slice(10_000), ['one more', 'token9999']);
});
