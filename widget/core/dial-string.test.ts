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
  '20 100 123 4567 +': { number: '+201001234567' },
  '\u200f201001234567+\u200e;ext=7': { number: '+201001234567', digits: '7' },
  'tel://+201001234567': { number: '+201001234567' },
  'TeL:///+201001234567': { number: '+201001234567' },
  'tel:tel:+201001234567': { number: '+201001234567' },
  'tel:%74el:+201001234567': { number: '+201001234567' },
  'tel: +20 100 123 4567 ': { number: '+201001234567' },
  '\n\ttel:+201001234567\n': { number: '+201001234567' },
  'tel:%252B201001234567': { number: '+201001234567' },
  'tel:%25252B20%252D1001234567': { number: '+201001234567' },
  'tel:%2B20+100+123+4567': { number: '+201001234567' },
  'tel:+20100%E2%80%8F1234567': { number: '+201001234567' },
  'tel:+20%20100%20123%204567%': { number: '' },
  'tel:%ZZ01001234567': { number: '' },
  'tel:%FF01001234567': { number: '' },
  'tel:%2B201001234567%3Bext%3D12': { number: '+201001234567', digits: '12' },
  'tel:+201001234567%2C%2C5%23': { number: '+201001234567', digits: 'wwwwwwww5#' },
  'tel:&#43;201001234567': { number: '+201001234567' },
  'tel:&#x2B;20&nbsp;100&nbsp;1234567': { number: '+201001234567' },
  'tel:&amp;plus;201001234567': { number: '+201001234567' },
  'tel:+201001234567&semi;ext&equals;12': { number: '+201001234567', digits: '12' },
  'tel:&#99999999;201001234567': { number: '' },
  'tel:+201001234567?subject=call': { number: '+201001234567' },
  'tel:+201001234567;EXT=12': { number: '+201001234567', digits: '12' },
  'tel:+201001234567;isub=12p4;ext=1-2.3': { number: '+201001234567', digits: '123' },
  'tel:+201001234567;npdi;rn=+2010;ext=٣٤': { number: '+201001234567', digits: '34' },
  'tel:+201001234567;npdi': { number: '+201001234567' },
  'tel:+201001234567;w=1;x-code=99': { number: '+201001234567' },
  'tel:+201001234567;isub=555,,7': { number: '+201001234567', digits: 'wwwwwwww7' },
  'tel:4567;ext=3;phone-context=+2010012': { number: '+20100124567', digits: '3' },
  'tel:863-1234;phone-context=+1-914-555': { number: '+19145558631234' },
  'tel:01001234567;phone-context=+20': { number: '+2001001234567' },
  'tel:7042;phone-context=example.com': { number: '7042' },
  'tel:01001234567;phone-context=crm-2.example.com;ext=5': { number: '01001234567', digits: '5' },
  'tel:+201001234567;phone-context=+44': { number: '+201001234567' },
  'tel:911;phone-context=+1': { number: '911' },
  'tel:122;phone-context=+20': { number: '122' },
  'tel:19777;phone-context=+20': { number: '19777' },
  '01001234567;12': { number: '01001234567', digits: 'wwww12' },
  '01001234567w12': { number: '01001234567', digits: 'wwww12' },
  '01001234567P12W3': { number: '01001234567', digits: 'wwww12wwww3' },
  '٠١٠٠١٢٣٤٥٦٧،٥': { number: '01001234567', digits: 'wwww5' },
  '01001234567，，5': { number: '01001234567', digits: 'wwwwwwww5' },
  '01001234567,': { number: '01001234567' },
  '01001234567 extension: 34': { number: '01001234567', digits: '34' },
  '01001234567 داخلي ٣٤': { number: '01001234567', digits: '34' },
  '(+20) 100 123 4567': { number: '+201001234567' },
  '0020 (0)100 123 4567': { number: '00201001234567' },
  '+20 0100 123 4567': { number: '+2001001234567' },
  '+0020 100 123 4567': { number: '+201001234567' },
  '00+20 100 123 4567': { number: '+201001234567' },
  '010/0123/4567': { number: '01001234567' },
  '010·0123•4567': { number: '01001234567' },
  '٠١٠ـ٠١٢٣ـ٤٥٦٧': { number: '01001234567' },
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
  'callto:+201001234567': { number: '' },
  'sip:201001234567@example.com': { number: '' },
  'call me': { number: '' },
};

describe('parseDialString', () => {
  for (const [text, expected] of Object.entries(WRITTEN)) {
    test(JSON.stringify(text), () => {
      assert.deepEqual(parseDialString(text), { digits: '', ...expected });
    });
  }

  /** What a rival that strips everything but digits makes of these: a wrong number, in each case. */
  const STRIPPED_WRONG: [string, string, string][] = [
    ['tel:٠١٠٠١٢٣٤٥٦٧', '01001234567', ''],
    ['tel:+201001234567;ext=12', '+201001234567', '12'],
    ['tel:+201001234567,,5', '+201001234567', 'wwwwwwww5'],
    ['tel:%2B201001234567', '+201001234567', ''],
  ];
  for (const [link, number, digits] of STRIPPED_WRONG) {
    test(`${link} is not just its digits`, () => assert.deepEqual(parseDialString(link), { number, digits }));
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
      '00',
      '(0)',
      '&#43;',
      '&amp;',
      '%25',
      '%2B',
      ';phone-context=',
      '\ud800',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (text) => {
        const { number, digits } = parseDialString(text);
        assert.match(number, /^\+?\d*$/);
        assert.notEqual(number, '+');
        assert.match(digits, /^[0-9*#w]*$/);
        assert.deepEqual(parseDialString(number), { number, digits: '' }, 'its own output means the same');
        if (!number) assert.equal(digits, '');
      }),
      { numRuns: 2000 },
    );
  });

  test('finds the number whatever it is wrapped in', () => {
    const digits = fc.stringMatching(/^[1-9][0-9]{7,14}$/);
    const arabic = (text: string) => text.replace(/\d/g, (digit) => String.fromCharCode(0x0660 + Number(digit)));
    const wrap = fc.constantFrom<(text: string) => string>(
      (text) => text,
      arabic,
      (text) => `tel:${text}`,
      (text) => `TEL://${encodeURIComponent(text)}`,
      (text) => encodeURIComponent(encodeURIComponent(text)),
      (text) => `\u202a${text}\u202c`,
      (text) => text.replace('+', '&#43;'),
      (text) => `${text.slice(1)}+`,
      (text) => text.replace(/(\d{3})/g, '$1-'),
      (text) => `${text};isub=1;npdi`,
    );
    fc.assert(
      fc.property(digits, wrap, (digits, wrap) => {
        assert.deepEqual(parseDialString(wrap(`+${digits}`)), { number: `+${digits}`, digits: '' });
      }),
    );
  });
});
