import assert from 'node:assert/strict';
import { test } from 'node:test';
import { maskNumber } from './logger.ts';

test('a masked number can be recognised, not called', () => {
  assert.equal(maskNumber('+201001234501'), '+20100*****01');
  assert.ok(!maskNumber('01001234501').includes('1234501'));
});
