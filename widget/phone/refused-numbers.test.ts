import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { countryRules } from '../../scripts/build/country-rules.ts';
// oxlint-disable-next-line no-restricted-imports -- this test is there to hold the two against each other
import { decideDial } from '../../service/calls/dial-policy.ts';
import { parseDialString } from '../core/dial-string.ts';
import { numberRules } from './number-rules.ts';

const COUNTRIES = ['EG', 'SA', 'AE', 'GB', 'US'];

function widgetSays(written: string, country: string): string {
  const verdict = numberRules(countryRules(country))(parseDialString(written).number);
  return 'to' in verdict ? verdict.to : verdict.problem;
}

function serviceSays(written: string, country: string): string {
  const verdict = decideDial(written, country, { defaultCountry: country, allowedCountries: COUNTRIES });
  return verdict.allowed ? verdict.to : verdict.code;
}

describe('widget and service', () => {
  for (const country of COUNTRIES) {
    test(`refuse the same short and emergency numbers in ${country}, by the same name`, () => {
      const rules = numberRules(countryRules(country));
      let emergency = 0;
      for (let digits = 2; digits <= 4; digits += 1) {
        for (let number = 0; number < 10 ** digits; number += 1) {
          const written = String(number).padStart(digits, '0');
          const verdict = rules(written);
          assert.ok('problem' in verdict, `${written} is called in ${country}`);
          assert.equal(serviceSays(written, country), verdict.problem, `${written} in ${country}`);
          if (verdict.problem === 'number-emergency') emergency += 1;
        }
      }
      assert.ok(emergency > 40, `only ${emergency} emergency numbers`);
    });
  }

  const SAME: [country: string, written: string, verdict: string][] = [
    ['EG', '010 0123 4501', '+201001234501'],
    ['EG', '٠١٠٠١٢٣٤٥٠١', '+201001234501'],
    ['EG', '0020 100 123 4501', '+201001234501'],
    ['EG', '20100 123 4501', '+201001234501'],
    ['EG', '1001234501', '+201001234501'],
    ['EG', '(02) 2345 6789', '+20223456789'],
    ['EG', '+20 (0)100 123 4501', '+201001234501'],
    ['EG', '0044 20 7946 0018', '+442079460018'],
    ['EG', '1-2-2', 'number-emergency'],
    ['EG', '١٢٢', 'number-emergency'],
    ['EG', '19777', 'number-short'],
    ['EG', '+122', 'number-invalid'],
    ['EG', '0100 1234', 'number-invalid'],
    ['SA', '050 123 4567', '+966501234567'],
    ['SA', '00966 50 123 4567', '+966501234567'],
    ['SA', '966501234567', '+966501234567'],
    ['SA', '997', 'number-emergency'],
    ['AE', '050 123 4567', '+971501234567'],
    ['AE', '04 234 5678', '+97142345678'],
    ['AE', '999', 'number-emergency'],
    ['GB', '020 7946 0018', '+442079460018'],
    ['GB', '07400 123456', '+447400123456'],
    ['GB', '00 20 100 123 4501', '+201001234501'],
    ['GB', '100', 'number-emergency'],
    ['US', '(212) 555-0123', '+12125550123'],
    ['US', '1 212 555 0123', '+12125550123'],
    ['US', '011 20 100 123 4501', '+201001234501'],
    ['US', '911', 'number-emergency'],
    ['US', '2125550', 'number-invalid'],
  ];
  for (const [country, written, verdict] of SAME) {
    test(`agree on ${written} in ${country}: ${verdict}`, () => {
      assert.deepEqual([widgetSays(written, country), serviceSays(written, country)], [verdict, verdict]);
    });
  }

  const LINKS: [link: string, verdict: string][] = [
    ['tel:01001234501;phone-context=+20', '+201001234501'],
    ['tel:1001234501;phone-context=+20', '+201001234501'],
    ['tel:01001234501;phone-context=example.com', '+201001234501'],
    ['tel:122;phone-context=+20', 'number-emergency'],
    ['tel:19777;phone-context=+20', 'number-short'],
  ];
  for (const [link, verdict] of LINKS) {
    test(`${link} is ${verdict}, and the service agrees with what is sent`, () => {
      const said = widgetSays(link, 'EG');
      assert.equal(said, verdict);
      if (said.startsWith('+')) assert.equal(serviceSays(said, 'EG'), said);
    });
  }
});
