import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { describe, test } from 'node:test';
import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/min';
import { COUNTRIES, countryRules } from '../../scripts/build/country-rules.ts';
import { loadNumberRules, numberRules } from './number-rules.ts';

const EGYPT = numberRules(countryRules('EG'));

const GOOD: Record<string, string> = {
  '01001234501': '+201001234501',
  '1001234501': '+201001234501',
  '+201001234501': '+201001234501',
  '00201001234501': '+201001234501',
  '201001234501': '+201001234501',
  '0223456789': '+20223456789',
  '+442079460018': '+442079460018',
  '00442079460018': '+442079460018',
  '+97142345678': '+97142345678',
};

const BAD: Record<string, string> = {
  '122': 'number-emergency',
  '123': 'number-emergency',
  '180': 'number-emergency',
  '112': 'number-emergency',
  '911': 'number-emergency',
  '19777': 'number-short',
  '0': 'number-short',
  '010012345012': 'number-invalid',
  '+1234567': 'number-invalid',
  '+1234567890123456': 'number-invalid',
  '01001234': 'number-invalid',
  '+2010012': 'number-invalid',
  '00000000000': 'number-invalid',
  '+0123456789': 'number-invalid',
};

describe('number rules of Egypt', () => {
  for (const [number, to] of Object.entries(GOOD)) {
    test(`${number} is ${to}`, () => assert.deepEqual(EGYPT(number), { to }));
  }
  for (const [number, problem] of Object.entries(BAD)) {
    test(`${number} is refused: ${problem}`, () => assert.deepEqual(EGYPT(number), { problem }));
  }
});

test('national numbers belong to the country of the rules', () => {
  assert.deepEqual(numberRules(countryRules('GB'))('02079460018'), { to: '+442079460018' });
  assert.deepEqual(numberRules(countryRules('US'))('2125550123'), { to: '+12125550123' });
});

/** Ways to write a number, and some to get it wrong. */
function variants(national: string, e164: string, formatted: string): string[] {
  return [
    national,
    e164,
    e164.slice(1),
    formatted.replace(/\D/g, ''),
    `00${e164.slice(1)}`,
    `0${national}`,
    `${national}1`,
    national.slice(1),
    national.slice(0, -1),
    national.replace(/\d/g, (digit) => String(9 - Number(digit))),
  ];
}

test('in every country, what libphonenumber takes for a number is taken for the same one', () => {
  const examples = createRequire(import.meta.url)('libphonenumber-js/examples.mobile.json') as Record<string, string>;
  let compared = 0;
  for (const country of COUNTRIES) {
    const rules = numberRules(countryRules(country));
    const national = examples[country];
    const example = national && parsePhoneNumberFromString(national, country as CountryCode);
    if (!example) continue;
    for (const number of variants(national, example.number, example.formatNational())) {
      const parsed = parsePhoneNumberFromString(number, country as CountryCode);
      const verdict = rules(number);
      if (!parsed?.isValid() || ('problem' in verdict && verdict.problem === 'number-short')) continue;
      assert.deepEqual(verdict, { to: parsed.number }, `${number} dialled in ${country}`);
      compared += 1;
    }
  }
  assert.ok(compared > 1000, `only ${compared} numbers compared`);
});

describe('loading', () => {
  test('fetches the rules of the country alone, and says so when there are none', async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      if (request.url === '/dist/phone/EG.json') response.end(JSON.stringify(countryRules('EG')));
      else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const base = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/dist/`);
      const rules = await loadNumberRules('EG', base);
      assert.deepEqual(rules('01001234501'), { to: '+201001234501' });
      await assert.rejects(loadNumberRules('XX', base), /no number rules of XX/);
      assert.deepEqual(asked, ['/dist/phone/EG.json', '/dist/phone/XX.json']);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
