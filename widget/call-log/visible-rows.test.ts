import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { listHeight, rowAt, rowsToDraw, topOf, type RowLayout } from './visible-rows.ts';

const CLOSED: RowLayout = { count: 1000, rowHeight: 60, open: -1, detailsHeight: 0 };
const OPEN: RowLayout = { ...CLOSED, open: 3, detailsHeight: 300 };

describe('visible rows', () => {
  test('lie one below the other, with the details of the open one between', () => {
    assert.equal(topOf(CLOSED, 10), 600);
    assert.equal(topOf(OPEN, 3), 180);
    assert.equal(topOf(OPEN, 4), 540);
    assert.equal(listHeight(CLOSED), 60_000);
    assert.equal(listHeight(OPEN), 60_300);
    assert.equal(listHeight({ ...OPEN, open: 999 }), 60_300);
  });

  test('are found by their place: every pixel belongs to the row that covers it', () => {
    for (const layout of [CLOSED, OPEN, { ...OPEN, open: 0 }, { ...OPEN, open: 999 }]) {
      for (let y = 0; y < listHeight(layout); y += 7) {
        const index = rowAt(layout, y);
        const bottom = index === layout.open ? topOf(layout, index) + 360 : topOf(layout, index + 1);
        assert.ok(topOf(layout, index) <= y && y < bottom, `${y} is not in row ${index}`);
      }
      assert.equal(rowAt(layout, -50), 0);
      assert.equal(rowAt(layout, 1e9), 999);
    }
  });

  test('are drawn where they are in sight, and few more', () => {
    const rows = rowsToDraw(CLOSED, { top: 6000, height: 600 }, 5, []);
    assert.equal(rows[0], 95);
    assert.equal(rows.at(-1), 115);
    assert.deepEqual(rowsToDraw({ ...CLOSED, count: 0 }, { top: 0, height: 600 }, 5, [2]), []);
    assert.equal(rowsToDraw(CLOSED, { top: 0, height: 600 }, 5, []).length, 16);
  });

  test('keep the open one and the one with the focus, in order, once', () => {
    assert.deepEqual(rowsToDraw(CLOSED, { top: 6000, height: 30 }, 0, [3, 100, 100, -1, 5000, 900]), [3, 100, 900]);
  });
});
