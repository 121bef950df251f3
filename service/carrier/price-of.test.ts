import assert from 'node:assert/strict';
import { test } from 'node:test';
import { priceOf } from './call-prices.ts';
import type { RestCall } from './rest-facts.ts';

const leg = (status: string, price: string | null) => ({ status, price }) as RestCall;
const parent = leg('completed', '-0.00400');

test('a call is not free where the carrier has lost it, nor cheap where it does not have the end of a leg yet', () => {
  assert.equal(priceOf([]), undefined);
  assert.equal(priceOf([leg('in-progress', null), parent]), undefined);
  assert.equal(priceOf([leg('in-progress', null), leg('in-progress', null)]), undefined);
  assert.equal(priceOf([leg('busy', null), parent]), 40);
  assert.equal(priceOf([leg('completed', '-0.03000'), parent]), 340);
});
