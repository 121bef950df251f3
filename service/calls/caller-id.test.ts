import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callerIdsFor } from './caller-id.ts';

const A = '+20224610000';
const B = '+20224610001';
const FOREIGN = '+15005550006';

const TABLE: [string, ReadonlySet<string> | undefined, readonly string[] | undefined, readonly string[]][] = [
  ['all, where nothing more is known', undefined, undefined, [A, B]],
  ['those that the account owns', new Set([B]), undefined, [B]],
  ['none that the account does not own', new Set(['+20224619999']), undefined, []],
  ['those that the agent may show', undefined, [B], [B]],
  ['in the order of the configuration, whatever that of the token', undefined, [B, A], [A, B]],
  ['none, where what is owned is not allowed', new Set([A]), [B], []],
  ['none that is not configured, whatever the token says', new Set([FOREIGN]), [FOREIGN], []],
  ['those that are all three', new Set([B, FOREIGN]), [FOREIGN, B], [B]],
  ['none for an agent who may show none', undefined, [], []],
];

for (const [name, owned, allowed, expected] of TABLE) {
  test(name, () => assert.deepEqual(callerIdsFor([A, B], owned, allowed), expected));
}
