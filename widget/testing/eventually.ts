import assert from 'node:assert/strict';

/** For tests: waits until it is so, whatever clock `setTimeout` goes by; fails after ten seconds. */
export async function eventually(holds: () => boolean, what: string): Promise<void> {
  const end = Date.now() + 10_000;
  while (!holds()) {
    assert.ok(Date.now() < end, what);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
