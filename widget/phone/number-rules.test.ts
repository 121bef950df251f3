import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { describe, test } from 'node:test';
import type { MetadataJson } from 'libphonenumber-js/core';
import { loadNumberRules, numberRules } from './number-rules.ts';

const WORLD = createRequire(import.meta.url)('libphonenumber-js/metadata.min.json') as MetadataJson;

/** The rules of one country, as the build cuts them. */
function cut(country: 'EG' | 'GB' | 'US'): MetadataJson {
  const code = WORLD.countries[country]![0] as unknown as string;
  return {
    ...WORLD,
    country_calling_codes: { [code]: [country] },
    countries: { [country]: WORLD.countries[country]! },
  };
}

const EGYPT = numberRules('EG', cut('EG'));

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
  assert.deepEqual(numberRules('GB', cut('GB'))('02079460018'), { to: '+442079460018' });
  assert.deepEqual(numberRules('US', cut('US'))('2125550123'), { to: '+12125550123' });
});

describe('loading', () => {
  test('fetches the rules of the country alone, and says so when there are none', async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      if (request.url === '/dist/phone/EG.json') response.end(JSON.stringify(cut('EG')));
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
