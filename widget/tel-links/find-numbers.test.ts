import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { countryRules } from '../../scripts/build/country-rules.ts';
import { parseDialString } from '../core/dial-string.ts';
// oxlint-disable-next-line no-restricted-imports -- in the product, the composition root passes the rules in
import { numberRules } from '../phone/number-rules.ts';
import { findNumbers } from './find-numbers.ts';

const rules = numberRules(countryRules('EG'));
const isNumber = (text: string) => 'to' in rules(parseDialString(text).number);

function found(text: string): string[] {
  return findNumbers(text, isNumber).map(({ start, end }) => text.slice(start, end));
}

const WITH: Record<string, string[]> = {
  '01001234501': ['01001234501'],
  'Call 010 0123 4501 today.': ['010 0123 4501'],
  'Call 010-0123-4501, or +20 122 765 4321.': ['010-0123-4501', '+20 122 765 4321'],
  'اتصل على ٠١٠٠١٢٣٤٥٠١ بعد الضهر': ['٠١٠٠١٢٣٤٥٠١'],
  'اتصل على ۰۱۰۰۱۲۳۴۵۰۱': ['۰۱۰۰۱۲۳۴۵۰۱'],
  'موبايل:٠١٠ ٠١٢٣ ٤٥٠١،': ['٠١٠ ٠١٢٣ ٤٥٠١'],
  'ت/01001234501': ['01001234501'],
  'Tel:01001234501': ['01001234501'],
  'Tel. (02) 2345 6789': ['(02) 2345 6789'],
  '(+20) 100 123 4501': ['(+20) 100 123 4501'],
  '+20 (0)100 123 4501': ['+20 (0)100 123 4501'],
  '010.0123.4501': ['010.0123.4501'],
  '\u202a+20 100 123 4501\u202c': ['+20 100 123 4501'],
  'رقمه 201001234501+ تمام': ['201001234501+'],
  'WhatsApp 201001234501': ['201001234501'],
  '0020 100 123 4501': ['0020 100 123 4501'],
  '20 100 123 4501': ['20 100 123 4501'],
  'London +44 20 7946 0018': ['+44 20 7946 0018'],
  '01001234501/01227654321': ['01001234501', '01227654321'],
  '01001234501 - 01227654321': ['01001234501', '01227654321'],
  '01001234501 01227654321': ['01001234501', '01227654321'],
  '01001234501 ext. 12': ['01001234501 ext. 12'],
  '01001234501 تحويلة ٣٤': ['01001234501 تحويلة ٣٤'],
  '25/11/2026 01001234501': ['01001234501'],
  '55 010 0123 4501': ['010 0123 4501'],
  '010\u00a00123\u20114501': ['010\u00a00123\u20114501'],
  '«01001234501»': ['01001234501'],
  '１２３ ０１００１２３４５０１': ['０１００１２３４５０１'],
};

const WITHOUT = [
  '2026-11-25',
  '25/11/2026',
  '25.11.2026 10:30:45',
  '2026-11-25T10:30:45.1234567Z',
  '٢٥/١١/٢٠٢٦',
  '10:30 - 11:45',
  '1,234,567.89',
  '01,001,234,501',
  '1 001 234 501',
  'EGP 01001234501',
  '01001234501 EGP',
  '٠١٠٠١٢٣٤٥٠١ جنيه',
  '$01001234501',
  '1.234.567,00 ج.م',
  '0.1001234501',
  '30.0444196, 31.2357116',
  '29801011234567',
  'الرقم القومي: 29801011234567',
  'Order #01001234501',
  'ID: 01001234501',
  'Invoice no. 01001234501',
  'رقم الفاتورة 01001234501',
  'EG380019000500000000263180002',
  'EG38 0019 0005 0000 0000 2631 8000 2',
  'IBAN 0019 0005 0000 0000',
  '4111 1111 1111 1111',
  '0100 1234 5011 1111 1111',
  'v10.0.22621.1234',
  '192.168.100.200',
  'AB-01001234501',
  '01001234501-AB',
  'x01001234501',
  '01001234501@example.com',
  'https://wa.me/201001234501?x',
  'https://example.com/?p=01001234501',
  '550e8400-e29b-41d4-a716-446655440000',
  '0123456789012345678901234567890',
  '0 1 0 0 1 2 3 4 5 0 1',
  '1001234501',
  '122, 19777',
  '123456',
  '50%, 01001234501%',
  '',
];

describe('telephone numbers in a text', () => {
  for (const [text, numbers] of Object.entries(WITH)) {
    test(`are found: ${text}`, () => assert.deepEqual(found(text), numbers));
  }
  for (const text of WITHOUT) {
    test(`are not: ${text}`, () => assert.deepEqual(found(text), []));
  }

  test('are found in order, apart from each other, whatever the text', () => {
    const pieces = fc.constantFrom(
      '0',
      '٥',
      '01001234501',
      '+20',
      ' ',
      '  ',
      '-',
      '/',
      '(',
      ')',
      '.',
      ':',
      'ext 1',
      'a',
      '\n',
    );
    fc.assert(
      fc.property(
        fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join('')),
        (text) => {
          let after = 0;
          for (const { start, end } of findNumbers(text, isNumber)) {
            assert.ok(start >= after && end > start && end <= text.length);
            after = end;
          }
        },
      ),
    );
  });

  // A search that goes back and forth takes the square of this: minutes.
  test('take one reading of a text that is made to be slow', () => {
    for (const piece of ['0', '0 ', '0-', '(0', '+0', '01 ', '0100123450', '- ', '0 - ', '(', 'ext']) {
      findNumbers(piece.repeat(50_000 / piece.length), () => false);
    }
  });
});
