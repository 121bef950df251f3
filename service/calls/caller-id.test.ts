import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseCallerId } from './caller-id.ts';

const A = '+20224610000';
const B = '+20224610001';

const TABLE: [string, ReadonlySet<string> | undefined, readonly string[] | undefined, string | undefined][] = [
  ['the first, where nothing more is known', undefined, undefined, A],
  ['the first that the account owns', new Set([B]), undefined, B],
  ['none that the account does not own', new Set(['+20224619999']), undefined, undefined],
  ['the first that the agent may show', undefined, [B], B],
  ['none, where what is owned is not allowed', new Set([A]), [B], undefined],
  ['none that is not configured, whatever the token says', new Set(['+15005550006']), ['+15005550006'], undefined],
  ['none for an agent who may show none', undefined, [], undefined],
];

for (const [name, owned, allowed, expected] of TABLE) {
  test(name, () => assert.equal(chooseCallerId([A, B], owned, allowed), expected));
}
