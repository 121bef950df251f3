import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseRates, rateOf, withEstimates, type CallRates } from './call-rates.ts';
import { amountText, costOf, parseAmount, parsePrice } from './money.ts';

const AMOUNTS: [string, number | undefined][] = [
  ['0.10', 1000],
  ['0.0085', 85],
  ['12', 120_000],
  ['0.3', 3000],
  ['999999.9999', 9_999_999_999],
  ['0.00001', undefined],
  ['-1', undefined],
  ['1e3', undefined],
  ['.5', undefined],
  ['1,5', undefined],
  ['', undefined],
  ['1000000', undefined],
];

for (const [text, amount] of AMOUNTS) {
  test(`"${text}" is ${amount ?? 'no amount'}`, () => assert.equal(parseAmount(text), amount));
}

test('sums of amounts are exact where sums of fractions are not', () => {
  assert.notEqual(0.1 + 0.2, 0.3);
  assert.equal(parseAmount('0.1')! + parseAmount('0.2')!, parseAmount('0.3'));
  assert.deepEqual([0, 85, 1000, 12_500, 120_000].map(amountText), ['0.00', '0.0085', '0.10', '1.25', '12.00']);
});

for (const [text, amount] of [
  ['-0.03000', 300],
  ['-0.0085', 85],
  ['-1.1', 11_000],
  ['-0.00001', 1],
  ['0', 0],
  ['-0', 0],
  ['0.5', 0],
  ['', undefined],
  ['null', undefined],
  ['-1e3', undefined],
] as const) {
  test(`the carrier's price "${text}" is ${amount ?? 'none'}`, () => assert.equal(parsePrice(text), amount));
}

test('every started minute costs; a call nobody answered costs nothing', () => {
  assert.deepEqual(
    [0, 1, 60, 61, 3600, -5].map((seconds) => costOf(1000, seconds)),
    [0, 1000, 1000, 2000, 60_000, 0],
  );
});

const known = (code: string) => ['EG', 'SA'].includes(code);

test('rates of the account stand over the estimates, by the country of the number', () => {
  const rates = withEstimates(parseRates('EG:0.07, SA:0.15,*:2', known) as CallRates);
  assert.equal(rateOf('EG', rates), 700);
  assert.equal(rateOf('SA', rates), 1500);
  assert.equal(rateOf('AE', rates), 3500);
  assert.equal(rateOf('DE', rates), 1500);
  assert.equal(rateOf('BF', rates), 20_000);
  assert.equal(rateOf(undefined, rates), 20_000);
});

for (const text of ['EG', 'EG:', 'EG:x', 'XX:1', 'EG:1:2', ':1', 'EG:-1']) {
  test(`RATES=${text} is said to be wrong`, () => assert.equal(typeof parseRates(text, known), 'string'));
}
