import assert from 'node:assert/strict';
import { it } from 'node:test';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { CUSTOMERS, numberOf } from './customers.ts';
import { FAR_ENDS } from './far-ends.ts';

it('writes every number as an Egyptian would, and validly', () => {
  for (const customer of CUSTOMERS) {
    const number = parsePhoneNumberFromString(customer.phone, 'EG');
    assert.equal(number?.isValid(), true, customer.phone);
    assert.equal(number?.country, 'EG', customer.phone);
    assert.equal(number?.number, numberOf(customer), customer.phone);
  }
});

it('reaches every far end of the sandbox', () => {
  const reached = new Set(CUSTOMERS.map((customer) => numberOf(customer).slice(-2)));
  for (const digits of Object.keys(FAR_ENDS)) assert(reached.has(digits), digits);
});

it('has no number twice', () => {
  assert.equal(new Set(CUSTOMERS.map(numberOf)).size, CUSTOMERS.length);
});
