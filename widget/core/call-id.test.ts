import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { uuidV7 } from './call-id.ts';

describe('uuidV7', () => {
  test('is the example of RFC 9562, appendix A.6', () => {
    const random = Uint8Array.from([0, 0, 0, 0, 0, 0, 0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f]);
    assert.equal(uuidV7(0x017f22e279b0, random), '017f22e2-79b0-7cc3-98c4-dc0c0c07398f');
  });

  test('has its version and variant whatever the randomness', () => {
    for (const byte of [0x00, 0xff]) {
      const id = uuidV7(Date.now(), new Uint8Array(16).fill(byte));
      assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
  });

  test('sorts by time', () => {
    const [early, late] = [0xff, 0x00].map((byte, index) =>
      uuidV7(1_764_000_000_255 + index, new Uint8Array(16).fill(byte)),
    );
    assert.ok(early! < late!);
  });
});
