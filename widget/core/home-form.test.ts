import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { getExampleNumber, type CountryCode, type Examples } from 'libphonenumber-js';
import { COUNTRIES, numberForms } from '../../scripts/build/country-rules.ts';
import { homeForm } from './home-form.ts';

const EXAMPLES = createRequire(import.meta.url)('libphonenumber-js/examples.mobile.json') as Examples;

test('numbers of home are written as people write them there, and read again', () => {
  const cases: Record<string, Record<string, string>> = {
    EG: { '+201001234501': '010 01234501', '+20224610000': '02 24610000', '+20482345678': '048 2345678' },
    US: { '+12125550123': '(212) 555-0123' },
    HU: { '+36201234567': '06 20 123 4567' },
  };
  for (const [country, numbers] of Object.entries(cases)) {
    const home = homeForm(numberForms(country));
    for (const [e164, written] of Object.entries(numbers)) {
      assert.equal(home.write(e164), written);
      assert.equal(home.read(written), e164);
    }
  }
});

test('of what is no number of home nothing is said', () => {
  const egypt = homeForm(numberForms('EG'));
  for (const other of ['+966501234567', '+2010', '01001234501', '', 'anonymous'])
    assert.equal(egypt.write(other), undefined);
  for (const other of ['0100 1234501', '+20 100 123 4501', '2026', '', 'note'])
    assert.equal(egypt.read(other), undefined);
});

test('in every country it is what libphonenumber writes', () => {
  let compared = 0;
  const unread: string[] = [];
  for (const country of COUNTRIES) {
    const example = getExampleNumber(country as CountryCode, EXAMPLES);
    if (!example) continue;
    const home = homeForm(numberForms(country));
    const written = home.write(example.number);
    // Countries whose numbers have no form are written without spaces there.
    assert.equal(written ?? example.nationalNumber, example.formatNational(), country);
    if (written !== undefined && home.read(written) !== example.number) unread.push(country);
    compared += 1;
  }
  assert.ok(compared > 200);
  // Mobile numbers of Argentina have a 9 before the area abroad, and a 15 after it at home.
  assert.deepEqual(unread, ['AR', 'GA', 'UY']);
});
