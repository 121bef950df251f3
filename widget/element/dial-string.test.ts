import assert from 'node:assert/strict';
import { test } from 'node:test';
import { caretAfter, dialString, spaced } from './dial-string.ts';

test('what people write becomes what can be dialled', () => {
  const cases: Record<string, string> = {
    '٠١٠ ٠١٢٣ ٤٥٠١': '01001234501',
    '۰۱۰۰۱۲۳۴۵۰۱': '01001234501',
    '\u200F\u202A+20 (100) 123-4501\u202C': '+201001234501',
    'tel:+201001234501;ext=12': '+201001234501',
    '010 0123 4501 ext 12': '01001234501',
    '0100+123': '0100123',
    '*100#': '*100#',
    'no number': '',
  };
  for (const [written, dialled] of Object.entries(cases)) assert.equal(dialString(written), dialled, written);
});

test('numbers are spaced for the eye, and spacing loses nothing', () => {
  const cases: Record<string, string> = {
    '': '',
    '+': '+',
    '+20': '+20',
    '+201001234501': '+20 100 123 4501',
    '+966501234567': '+966 501 234 567',
    '+12125550123': '+1 212 555 0123',
    '01001234501': '010 0123 4501',
    '0223456789': '022 345 6789',
    '12345': '12345',
    '*100#123456': '*100#123456',
  };
  for (const [number, shown] of Object.entries(cases)) {
    assert.equal(spaced(number), shown);
    assert.equal(dialString(shown), number);
  }
});

test('the caret stays after the same digit', () => {
  assert.equal(caretAfter('010 0123', 3), 3);
  assert.equal(caretAfter('010 0123', 4), 5);
  assert.equal(caretAfter('010', 9), 3);
});
