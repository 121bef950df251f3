import { mock } from 'node:test';

/**
 * For tests that go over the network: `setTimeout` by the test's own clock, until `mock.timers.reset()`. Node's HTTP client
 * takes its timeouts from here too and clears them in a later test, where the mock would take another timer away for it.
 */
export function mockTimeouts(): void {
  mock.timers.enable({ apis: ['setTimeout'] });
  const { setTimeout: set, clearTimeout: clear } = globalThis;
  const ours = new WeakSet<object>();
  globalThis.setTimeout = Object.assign((...args: Parameters<typeof set>) => {
    const timer = set(...args);
    ours.add(timer);
    return timer;
  }, set);
  globalThis.clearTimeout = (timer) => {
    if (typeof timer === 'object' && timer !== null && ours.has(timer)) clear(timer);
  };
}
