import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { carrierAddresses, judgeAddress, triesAgain } from './carrier-addresses.ts';

const publicUrl = 'https://dialer.example.com';

test('an answer of 5xx is asked for again only where the address says so', () => {
  for (const [fragment, again] of [
    ['', false],
    ['#rc=3', false],
    ['#rp=5xx', true],
    ['#rc=0&rp=5xx', false],
    ['#ct=2000&rp=ct,rt,5xx', true],
    ['#rc=2&rp=all', true],
    ['#rc=2&rp=4xx', false],
  ] as const) {
    assert.equal(triesAgain(`${publicUrl}${fragment}`), again, fragment);
  }
});

test('every address of ours asks for a second try, and one without it does not fit', () => {
  for (const wanted of Object.values(carrierAddresses({ publicUrl, voiceFallbackUrl: undefined }))) {
    assert.ok(triesAgain(wanted), wanted);
    assert.equal(judgeAddress(wanted, wanted), 'fits');
    assert.equal(judgeAddress(wanted.replace(/#.*/, ''), wanted), 'once');
    assert.equal(judgeAddress(null, wanted), 'elsewhere');
  }
});

test('what callers hear instead may lie elsewhere: as it was given', () => {
  const bin = 'https://handler.twilio.com/twiml/EH0123';
  const { fallback } = carrierAddresses({ publicUrl, voiceFallbackUrl: bin });
  assert.equal(fallback, bin);
  assert.equal(judgeAddress(bin, fallback), 'fits');
});

for (const document of ['README.md', 'README.ar.md', '.env.example']) {
  test(`${document} has every address as Twilio needs it`, () => {
    const text = readFileSync(new URL(`../../${document}`, import.meta.url), 'utf8');
    const wanted = Object.values(carrierAddresses({ publicUrl: '', voiceFallbackUrl: undefined }));
    for (const address of wanted) assert.ok(text.includes(address), address);
    const named = text.match(/\/api\/calls\/(?:twiml|webhook)\/[a-z]+(?:#\S+)?/g) ?? [];
    for (const address of named) assert.ok(wanted.includes(address), address);
  });
}
