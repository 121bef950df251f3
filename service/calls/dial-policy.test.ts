import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decideDial } from './dial-policy.ts';

const POLICY = { defaultCountry: 'EG', allowedCountries: ['EG', 'SA'] };

const TABLE: [string, string][] = [
  ['010 0123 4501', '+201001234501'],
  ['01001234501', '+201001234501'],
  ['+20 100 123 4501', '+201001234501'],
  ['0020 100 123 4501', '+201001234501'],
  ['٠١٠٠١٢٣٤٥٠١', '+201001234501'],
  ['۰۱۰۰۱۲۳۴۵۰۱', '+201001234501'],
  ['\u202a+20\u00a0100 123-4501\u202c', '+201001234501'],
  ['(02) 2461-0000', '+20224610000'],
  ['+966 50 123 4567', '+966501234567'],
  ['(+20) 100 123 4501', '+201001234501'],
  ['( +20 100) 123 4501', '+201001234501'],
  ...Array.from('\u2010\u2011\u2012\u2013\u2014\u2015\u2212', (dash): [string, string] => [
    `+20${dash}100${dash}123${dash}4501`,
    '+201001234501',
  ]),
  ['\uff0b20 100 123 4501', '+201001234501'],
  ['\uff10\uff11\uff10\uff10\uff11\uff12\uff13\uff14\uff15\uff10\uff11', '+201001234501'],
  ['\uff08\uff0b\uff12\uff10\uff09\u3000100\uff0d123\uff0d4501', '+201001234501'],
  ['01001234501\uff0c\uff0c5', 'number-invalid'],
  ['((+20) 100 123 4501', 'number-invalid'],
  ['\uff11\uff12\uff12', 'number-emergency'],
  ['(122)', 'number-emergency'],
  ['(+122)', 'number-invalid'],
  ['(+1) 202 555 0143', 'country-refused'],
  ['', 'number-invalid'],
  ['call me', 'number-invalid'],
  ['client:mona', 'number-invalid'],
  ['sip:a@b', 'number-invalid'],
  ['01001234501,,5', 'number-invalid'],
  ['*100#', 'number-invalid'],
  ['+2010012345', 'number-invalid'],
  ['122', 'number-emergency'],
  ['١٢٣', 'number-emergency'],
  ['911', 'number-emergency'],
  ['19777', 'number-short'],
  ['9', 'number-invalid'],
  ['+122', 'number-invalid'],
  ['16000', 'number-short'],
  ['+1 202 555 0143', 'country-refused'],
  ['+881 612345678', 'country-refused'],
  ['0900 123 4567', 'number-type-refused'],
  ['+20 900 123 4567', 'number-type-refused'],
  ...['+881612345678', '+88216123456', '+883510012345678', '+979123456789', '+870773123456', '+878101234567890'].map(
    (beyond): [string, string] => [beyond, 'country-refused'],
  ),
  ['+8711234567', 'number-invalid'],
  ...['112', '911', '999', '٩١١'].map((emergency): [string, string] => [emergency, 'number-emergency']),
  ...['211', '311', '411', '511', '611', '711', '811'].map((service): [string, string] => [service, 'number-short']),
  ['+911', 'number-invalid'],
  ['+20122', 'number-invalid'],
  ['01001234501;ext=2', 'number-invalid'],
  ['01001234501w1', 'number-invalid'],
  ['tel:01001234501', 'number-invalid'],
  ['sips:+201001234501@example.com', 'number-invalid'],
  ['+20100123450112345', 'number-invalid'],
  ['०१००१२३४५०१', 'number-invalid'],
  ['\ud835\udfce1001234501', 'number-invalid'],
];

for (const [written, expected] of TABLE) {
  test(`${JSON.stringify(written)} → ${expected}`, () => {
    const verdict = decideDial(written, undefined, POLICY);
    assert.equal(verdict.allowed ? verdict.to : verdict.code, expected);
    if (!verdict.allowed) assert.ok(verdict.message.length > 20);
  });
}

test('what is short in one country is a whole number in another', () => {
  const policy = { defaultCountry: 'AD', allowedCountries: ['AD'] };
  assert.deepEqual(decideDial('712 345', undefined, policy), { allowed: true, to: '+376712345', country: 'AD' });
  assert.equal(decideDial('712 345', 'EG', policy).allowed, false);
});

test('a country that is none makes no number', () => {
  const verdict = decideDial('01001234501', 'ZZ', POLICY);
  assert.equal(verdict.allowed ? verdict.to : verdict.code, 'number-invalid');
});

test('the country of the page decides what a national number means', () => {
  const verdict = decideDial('050 123 4567', 'SA', POLICY);
  assert.deepEqual(verdict, { allowed: true, to: '+966501234567', country: 'SA' });
});

const EVERYWHERE = ['US', 'GB', 'DE', 'FR', 'EG', 'SA'];
for (const [written, kind] of [
  ['+1 900 234 5678', 'premium rate'],
  ['+44 9098 790000', 'premium rate'],
  ['+44 843 123 4567', 'shared cost'],
  ['+49 180 1234567', 'shared cost'],
  ['+966 9200 12345', 'shared cost'],
  ['+44 55 1234 5678', 'company-wide'],
  ['+44 7640 123456', 'pager'],
  ['+33 899 12 34 56', 'premium rate'],
]) {
  test(`${written}, ${kind}, is refused in a country that may be called`, () => {
    const verdict = decideDial(written!, undefined, { defaultCountry: 'EG', allowedCountries: EVERYWHERE });
    assert.equal(verdict.allowed ? verdict.to : verdict.code, 'number-type-refused');
  });
}

test('a number of the account itself is not called, however it is written', () => {
  const policy = { ...POLICY, ownNumbers: new Set(['+20224610000']) };
  for (const own of ['0224610000', '+20 2 24610000', '٠٢٢٤٦١٠٠٠٠']) {
    const verdict = decideDial(own, undefined, policy);
    assert.equal(verdict.allowed ? verdict.to : verdict.code, 'number-type-refused');
  }
  assert.equal(decideDial('0224610001', undefined, policy).allowed, true);
});
