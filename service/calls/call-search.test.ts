import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { callSearch, reversedDigits } from './call-search.ts';
import { callerNumber } from './caller-number.ts';
import { foldName } from './folded-name.ts';
import { uuidV7 } from './uuid-v7.ts';

/** Written and searched for: the second finds the first. */
const SAME: [string, string][] = [
  ['أحمد إبراهيم', 'احمد ابراهيم'],
  ['آمال', 'امال'],
  ['فاطمة', 'فاطمه'],
  ['مصطفى', 'مصطفي'],
  ['مُحَمَّد', 'محمد'],
  ['محمـــد', 'محمد'],
  ['علی', 'علي'],
  ['کریم', 'كريم'],
  ['هيئة', 'هييه'],
  ['JOSÉ  García', 'jose garcia'],
  ['Müller', 'MULLER'],
  ['Ｍｏｎａ', 'mona'],
  ['شركة ٢٤', 'شركه 24'],
];
for (const [written, searched] of SAME) {
  test(`${searched} finds ${written}`, () => assert.equal(foldName(written), foldName(searched)));
}

test('names that differ stay different', () => {
  const names = ['سارة', 'سمر', 'عمر', 'عمرو', 'Mona', 'Mina'];
  assert.equal(new Set(names.map(foldName)).size, names.length);
});

test('folding twice changes nothing, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      assert.equal(foldName(foldName(text)), foldName(text));
    }),
  );
});

/** What is typed, and whether it finds +201001234500. */
const NUMBERS: [string, boolean][] = [
  ['4500', true],
  ['1001234500', true],
  ['01001234500', true],
  ['+201001234500', true],
  ['00201001234500', true],
  ['010 0123 4500', true],
  ['٤٥٠٠', true],
  ['(010) 0123-4500', true],
  ['4501', false],
  ['+2010012345', false],
  ['99201001234500', false],
];
for (const [typed, found] of NUMBERS) {
  test(`${typed} ${found ? 'finds' : 'does not find'} +201001234500`, () => {
    const search = callSearch(typed);
    assert.ok(search?.by === 'number');
    const number = reversedDigits('+201001234500');
    assert.equal(
      search.reversed.some((digits) => number.startsWith(digits)),
      found,
    );
  });
}

test('what is no number is a name, and what is nothing asks for nothing', () => {
  assert.deepEqual(callSearch('Mona 2'), { by: 'name', part: 'mona 2' });
  assert.deepEqual(callSearch(' - '), { by: 'name', part: '-' });
  assert.equal(callSearch('  \u200f '), undefined);
  assert.equal(callSearch(''), undefined);
});

for (const [from, number] of [
  ['+201001234500', '+201001234500'],
  ['anonymous', ''],
  ['Anonymous', ''],
  ['+266696687', ''],
  ['client:mona', ''],
  ['sip:someone@example.com', ''],
  ['01001234500', ''],
  [undefined, ''],
] as const) {
  test(`a call from ${from} is of ${number || 'a number that is withheld'}`, () => {
    assert.equal(callerNumber(from), number);
  });
}

test('ids of calls are UUIDs of version 7 that sort by time', () => {
  fc.assert(
    fc.property(fc.nat(2 ** 42), fc.uint8Array({ minLength: 10, maxLength: 10 }), (time, random) => {
      const id = uuidV7(time, random);
      assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      assert.ok(id < uuidV7(time + 1, random));
    }),
  );
});
