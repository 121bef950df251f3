import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createStore } from './store.ts';

function counter(run: (command: string) => void = () => {}, reported: unknown[] = []) {
  return createStore<number, 'add' | 'none', string>({
    initial: 0,
    transition: (state, event) => (event === 'add' ? [state + 1, [`did ${state + 1}`]] : [state, []]),
    run,
    report: (error) => reported.push(error),
  });
}

describe('store', () => {
  test('tells listeners of changes only, until they unsubscribe', () => {
    const store = counter();
    const seen: number[] = [];
    const unsubscribe = store.subscribe((state) => seen.push(state));
    store.dispatch('none');
    store.dispatch('add');
    unsubscribe();
    store.dispatch('add');
    assert.deepEqual(seen, [1]);
    assert.equal(store.getState(), 2);
  });

  test('runs commands after everybody knows the new state', () => {
    const seen: string[] = [];
    const store = counter((command) => seen.push(command));
    store.subscribe((state) => seen.push(`saw ${state}`));
    store.dispatch('add');
    assert.deepEqual(seen, ['saw 1', 'did 1']);
  });

  test('takes events in order, also those that a listener or a command dispatches', () => {
    const seen: string[] = [];
    const store = counter((command) => {
      seen.push(command);
      if (command === 'did 1') store.dispatch('add');
    });
    store.subscribe((state) => {
      if (state === 1) store.dispatch('add');
      seen.push(`saw ${state}`);
    });
    store.dispatch('add');
    assert.deepEqual(seen, ['saw 1', 'did 1', 'saw 2', 'did 2', 'saw 3', 'did 3']);
  });

  test('a throwing listener or command starves nobody, and is reported', () => {
    const reported: unknown[] = [];
    const seen: number[] = [];
    const failure = new Error('not my day');
    const store = counter(() => {
      throw failure;
    }, reported);
    store.subscribe(() => {
      throw failure;
    });
    store.subscribe((state) => seen.push(state));
    store.dispatch('add');
    store.dispatch('add');
    assert.deepEqual(seen, [1, 2]);
    assert.deepEqual(reported, [failure, failure, failure, failure]);
  });
});
