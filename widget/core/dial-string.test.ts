import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { parseDialString } from './dial-string.ts';

const WRITTEN: Record<string, { number: string; digits?: string }> = {
  '01001234501': { number: '01001234501' },
  '010 0123 4501': { number: '01001234501' },
  '+20 100 123 4501': { number: '+201001234501' },
  '0020 (100) 123-4501': { number: '00201001234501' },
  '+20 (0)100 123 4501': { number: '+201001234501' },
  '٠١٠٠١٢٣٤٥٦٧': { number: '01001234567' },
  '۰۱۰۰۱۲۳۴۵۶۷': { number: '01001234567' },
  '＋２０１００１２３４５６７': { number: '+201001234567' },
  'tel:٠١٠٠١٢٣٤٥٦٧': { number: '01001234567' },
  'tel:%D9%A0%D9%A1%D9%A0%D9%A0%D9%A1%D9%A2%D9%A3%D9%A4%D9%A5%D9%A6%D9%A7': { number: '01001234567' },
  ' TEL:+201001234567 ': { number: '+201001234567' },
  'tel:%2B201001234567': { number: '+201001234567' },
  'tel:+20-100-123-4567': { number: '+201001234567' },
  'tel:+20.100.123.4567': { number: '+201001234567' },
  'tel:%20+20%20100%20123%204567': { number: '+201001234567' },
  'tel:+201001234567;ext=12': { number: '+201001234567', digits: '12' },
  'tel:+201001234567;ext=12;isub=555': { number: '+201001234567', digits: '12' },
  'tel:+201001234567;isub=555': { number: '+201001234567' },
  'tel:1001234567;phone-context=+20': { number: '+201001234567' },
  'tel:01001234567;phone-context=example.com': { number: '01001234567' },
  '+201001234567,,5': { number: '+201001234567', digits: 'wwwwwwww5' },
  '01001234567p12#': { number: '01001234567', digits: 'wwww12#' },
  '01001234567 ext. 34': { number: '01001234567', digits: '34' },
  '01001234567 x34': { number: '01001234567', digits: '34' },
  '01001234567 تحويلة ٣٤': { number: '01001234567', digits: '34' },
  '\u200e+20 100 123 4567\u200f': { number: '+201001234567' },
  '\u202a+201001234567\u202c': { number: '+201001234567' },
  '\u2066+201001234567\u2069': { number: '+201001234567' },
  '+20\u00a0100\u202f123\u20094567': { number: '+201001234567' },
  '010\u2011012\u201334567': { number: '01001234567' },
  '201001234567+': { number: '+201001234567' },
  '122': { number: '122' },
  '': { number: '' },
  'tel:': { number: '' },
  'tel:%': { number: '' },
  'client:bob': { number: '' },
  '1-800-FLOWERS': { number: '' },
  '*100#': { number: '' },
  '+': { number: '' },
  '++20100': { number: '' },
  '2010+0123': { number: '' },
};

describe('parseDialString', () => {
  for (const [text, expected] of Object.entries(WRITTEN)) {
    test(JSON.stringify(text), () => {
      assert.deepEqual(parseDialString(text), { digits: '', ...expected });
    });
  }

  test('gives a number or nothing, and digits that can be sent, whatever the text', () => {
    const pieces = fc.constantFrom(
      '+',
      '0',
      '٣',
      '۹',
      ',',
      ';',
      'p',
      'w',
      'ext',
      '=',
      '%',
      '%2',
      '\u200f',
      ' ',
      'tel:',
      '*',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (text) => {
        const { number, digits } = parseDialString(text);
        assert.match(number, /^(\+?\d+)?$/);
        assert.match(digits, /^[0-9*#w]*$/);
      }),
    );
  });
});
