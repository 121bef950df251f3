import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { identityOf } from './identity.ts';

test('plain names stay as they are', () => {
  assert.equal(identityOf('mona42'), 'mona42');
});

test('names that differ never share an identity, and every identity is one that Twilio takes', () => {
  const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(name, name, (a, b) => {
      assert.match(identityOf(a), /^[A-Za-z0-9_]{1,121}$/);
      assert.equal(identityOf(a) === identityOf(b), a === b);
    }),
    { numRuns: 5000 },
  );
  assert.notEqual(identityOf('a.b'), identityOf('a_b'));
});

test('empty, endless and broken names are refused', () => {
  assert.throws(() => identityOf(''), RangeError);
  assert.throws(() => identityOf('م'.repeat(30)), RangeError);
  assert.throws(() => identityOf('mona\ud800'), RangeError);
});
