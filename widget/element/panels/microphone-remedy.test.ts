import assert from 'node:assert/strict';
import { test } from 'node:test';
import { panelsAr } from '../../locales/panels-ar.ts';
import { panelsEn } from '../../locales/panels-en.ts';
import { browserOf, type Browser, type BrowserSigns } from './browser.ts';
import { remedyOf } from './microphone-remedy.ts';

const WINDOWS = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)';
const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)';
const PIXEL = 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)';
const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';
const hints = (brand: string, platform: string, mobile = false) => ({
  brands: [{ brand: 'Chromium' }, { brand }],
  platform,
  mobile,
});

/** What a browser says of itself; which it is; and a word of what to do when the page was refused the microphone. */
const TABLE: readonly (readonly [string, BrowserSigns, string, RegExp])[] = [
  ['Chrome by hints', { userAgent: '', userAgentData: hints('Google Chrome', 'Windows') }, 'chrome windows', /left of/],
  ['Edge by hints', { userAgent: '', userAgentData: hints('Microsoft Edge', 'Windows') }, 'edge windows', /lock/],
  ['Chrome', { userAgent: `${WINDOWS} Chrome/149.0.0.0 Safari/537.36` }, 'chrome windows', /left of/],
  ['Edge', { userAgent: `${WINDOWS} Chrome/149.0.0.0 Safari/537.36 Edg/149.0.0.0` }, 'edge windows', /lock/],
  [
    'Firefox',
    { userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:146.0) Gecko/20100101 Firefox/146.0' },
    'firefox linux',
    /crossed-out/,
  ],
  ['Safari', { userAgent: `${MAC} Version/26.1 Safari/605.1.15` }, 'safari mac', /menu bar/],
  [
    'Safari of an iPad',
    { userAgent: `${MAC} Version/26.1 Safari/605.1.15`, maxTouchPoints: 5 },
    'safari ios mobile',
    /AA/,
  ],
  [
    'Safari of an iPhone',
    { userAgent: `${IPHONE} Version/26.1 Mobile/15E148 Safari/604.1` },
    'safari ios mobile',
    /AA/,
  ],
  [
    'Chrome of an iPhone',
    { userAgent: `${IPHONE} CriOS/149.0 Mobile/15E148 Safari/604.1` },
    'chrome ios mobile',
    /Apps → Chrome/,
  ],
  [
    'Firefox of an iPhone',
    { userAgent: `${IPHONE} FxiOS/146.0 Mobile/15E148 Safari/605.1.15` },
    'firefox ios mobile',
    /Apps → Firefox/,
  ],
  [
    'Edge of an iPhone',
    { userAgent: `${IPHONE} EdgiOS/149.0 Version/18.0 Mobile/15E148 Safari/604.1` },
    'edge ios mobile',
    /Apps → Edge/,
  ],
  [
    'Chrome of Android',
    { userAgent: `${PIXEL} Chrome/149.0.0.0 Mobile Safari/537.36` },
    'chrome android mobile',
    /Tap the icon/,
  ],
  [
    'Edge of Android',
    { userAgent: `${PIXEL} Chrome/149.0.0.0 Mobile Safari/537.36 EdgA/149.0` },
    'edge android mobile',
    /Tap the lock/,
  ],
  [
    'Firefox of Android',
    { userAgent: 'Mozilla/5.0 (Android 15; Mobile; rv:146.0) Gecko/146.0 Firefox/146.0' },
    'firefox android mobile',
    /Allowed/,
  ],
  [
    'Samsung',
    { userAgent: `${PIXEL} SamsungBrowser/29.0 Chrome/140.0.0.0 Mobile Safari/537.36` },
    'other android mobile',
    /menu/,
  ],
  ['Opera', { userAgent: `${WINDOWS} Chrome/149.0.0.0 Safari/537.36 OPR/130.0` }, 'other windows', /permissions/],
  ['nothing known', { userAgent: 'curl/8' }, 'other other', /permissions/],
];

const CODES = [
  'microphone-denied',
  'microphone-dismissed',
  'microphone-denied-by-system',
  'microphone-not-allowed-here',
  'microphone-missing',
  'microphone-unavailable',
  'insecure-page',
] as const;

for (const [what, signs, expected, denied] of TABLE) {
  test(`${what}: told apart, with its own way to the microphone`, () => {
    const browser = browserOf(signs);
    assert.equal([browser.name, browser.system, browser.mobile && 'mobile'].filter(Boolean).join(' '), expected);
    assert.match(remedyOf('microphone-denied', browser, panelsEn).join(' '), denied);
    for (const code of CODES) {
      for (const t of [panelsAr, panelsEn]) {
        const steps = remedyOf(code, browser, t);
        assert.ok(steps.length >= 1 && steps.every((step) => step.length > 3), `${code} in ${t.lang}`);
        assert.doesNotMatch(steps.join(), /undefined|null/);
        assert.equal(/[ء-ي]/.test(steps[0]!), t.lang === 'ar');
      }
    }
  });
}

test('the system’s own settings are those of the system, and name the browser', () => {
  const on = (system: Browser['system'], name: Browser['name'] = 'edge') =>
    remedyOf('microphone-denied-by-system', { name, mobile: false, system }, panelsEn).join(' ');
  assert.match(on('windows'), /desktop apps/);
  assert.match(on('mac'), /Privacy & Security .* Edge .* Quit Edge/);
  assert.match(on('linux'), /Input/);
  assert.match(on('other', 'other'), /the browser/);
});

test('Firefox has ways of its own: it may not ask again by itself, and gives a microphone to one tab', () => {
  const steps = (name: Browser['name'], code: (typeof CODES)[number]) =>
    remedyOf(code, { name, mobile: false, system: 'windows' }, panelsEn).join(' ');
  assert.match(steps('firefox', 'microphone-dismissed'), /tick Remember.*does not ask.*crossed-out microphone/);
  assert.match(steps('firefox', 'microphone-unavailable'), /one tab at a time/);
  for (const other of ['chrome', 'edge', 'safari'] as const) {
    assert.doesNotMatch(
      steps(other, 'microphone-dismissed') + steps(other, 'microphone-unavailable'),
      /Firefox|Remember/,
    );
  }
});

test('problems that are not the microphone’s have no steps', () => {
  const browser: Browser = { name: 'chrome', mobile: false, system: 'mac' };
  for (const code of ['service-unreachable', 'content-policy', 'unknown'] as const)
    assert.deepEqual(remedyOf(code, browser, panelsEn), []);
});
