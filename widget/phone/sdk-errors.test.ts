import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { TwilioError } from '@twilio/voice-sdk';
import { problemOfSdk, verdictOfSdk } from './sdk-errors.ts';

const CASES: [number, string][] = [
  [10004, 'carrier-refused'],
  [13224, 'number-invalid'],
  [13225, 'carrier-refused'],
  [13227, 'country-refused'],
  [20101, 'access-token-invalid'],
  [20104, 'access-token-expired'],
  [20151, 'carrier-refused'],
  [21210, 'no-caller-id'],
  [21211, 'number-invalid'],
  [21212, 'no-caller-id'],
  [21215, 'country-refused'],
  [31000, 'unknown'],
  [31001, 'carrier-refused'],
  [31002, 'carrier-refused'],
  [31003, 'connection-lost'],
  [31005, 'connection-lost'],
  [31009, 'connection-lost'],
  [31100, 'carrier-refused'],
  [31101, 'carrier-refused'],
  [31102, 'carrier-refused'],
  [31103, 'carrier-refused'],
  [31104, 'carrier-refused'],
  [31105, 'carrier-refused'],
  [31106, 'carrier-refused'],
  [31107, 'carrier-refused'],
  [31201, 'carrier-refused'],
  [31202, 'access-token-invalid'],
  [31203, 'carrier-refused'],
  [31204, 'access-token-invalid'],
  [31205, 'access-token-expired'],
  [31206, 'carrier-refused'],
  [31207, 'carrier-refused'],
  [31208, 'microphone-denied'],
  [31209, 'carrier-refused'],
  [31400, 'carrier-refused'],
  [31401, 'microphone-denied'],
  [31402, 'microphone-unavailable'],
  [31404, 'carrier-refused'],
  [31603, 'carrier-refused'],
  [32205, 'country-refused'],
  [53000, 'connection-lost'],
  [53001, 'connection-lost'],
  [53400, 'unsupported-browser'],
  [53402, 'unsupported-browser'],
  [53405, 'media-lost'],
];

describe('errors of the Voice SDK', () => {
  for (const [number, code] of CASES) {
    test(`${number} is ${code}`, () => {
      assert.deepEqual(problemOfSdk({ code: number }), { code, carrierCode: number });
      assert.deepEqual(verdictOfSdk({ code: number }), { outcome: null, problem: { code, carrierCode: number } });
    });
  }

  test('busy and no answer are outcomes, not problems', () => {
    assert.deepEqual(verdictOfSdk({ code: 31486 }), { outcome: 'busy', problem: null });
    assert.deepEqual(verdictOfSdk({ code: 31480 }), { outcome: 'no-answer', problem: null });
  });

  test("the carrier's own number is seen inside of a ConnectionError", () => {
    assert.deepEqual(verdictOfSdk({ code: 31005, originalError: { code: 31486 } }), { outcome: 'busy', problem: null });
    const unknown = { code: 31005, originalError: { code: 31500, message: 'Internal error' } };
    assert.deepEqual(problemOfSdk(unknown), { code: 'carrier-refused', carrierCode: 31500 });
  });

  test('a number nobody has heard of is an unknown problem with that number', () => {
    assert.deepEqual(problemOfSdk({ code: 99_999 }), { code: 'unknown', carrierCode: 99_999 });
  });

  test('every error that the SDK can name is in the table', () => {
    const incomingOnly = [31008];
    const messaging = [31210, 31212];
    const named = Object.values(TwilioError as unknown as Record<string, unknown>)
      .flatMap((group) => (typeof group === 'object' && group !== null ? Object.values(group) : []))
      .flatMap((error) => (typeof error === 'function' ? [new (error as new () => { code?: number })()] : []))
      .map(({ code }) => code)
      .filter((code): code is number => typeof code === 'number' && code !== 31000)
      .filter((code) => ![...incomingOnly, ...messaging].includes(code));
    assert.ok(named.length > 30, `only ${named.length} errors found in the SDK`);
    const missing = named.filter(
      (code) => !verdictOfSdk({ code }).outcome && problemOfSdk({ code }).code === 'unknown',
    );
    assert.deepEqual(missing, []);
  });
});
