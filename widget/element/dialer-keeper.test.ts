import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReactiveController } from 'lit';
import type { Dialer, DialerSettings } from '../core/dialer.ts';
import { IDLE } from '../core/state.ts';
import { DialerKeeper, type DialerOwner } from './dialer-keeper.ts';

/** As much of an element as keeps a phone: drawn when it asks for that. */
class Owner implements DialerOwner {
  isConnected = false;
  readonly settings = { service: 'https://service.example' } as DialerSettings;
  readonly settingsKey = [this.settings.service];
  readonly updateComplete = Promise.resolve(true);
  readonly #controllers: ReactiveController[] = [];
  /** Lit itself asks for the first update. */
  #asked = true;

  addController(controller: ReactiveController): void {
    this.#controllers.push(controller);
  }

  removeController(): void {}

  requestUpdate(): void {
    this.#asked = true;
  }

  stateChanged(): void {
    this.requestUpdate();
  }

  put(isConnected: boolean): void {
    this.isConnected = isConnected;
    for (const each of this.#controllers) {
      if (isConnected) each.hostConnected?.();
      else each.hostDisconnected?.();
    }
  }

  update(): void {
    if (!this.#asked) return;
    this.#asked = false;
    for (const each of this.#controllers) each.hostUpdate?.();
  }
}

test('an element that is put back after its phone was given back has one again', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const owner = new Owner();
  let closed = 0;
  const keeper = new DialerKeeper(owner, () => {
    const state = Object.freeze({ ...IDLE, reach: 'ready' as const });
    return {
      subscribe: () => () => {},
      getState: () => state,
      close: () => (closed += 1),
    } as Partial<Dialer> as Dialer;
  });
  owner.put(true);
  owner.update();
  const first = keeper.dialer;
  assert.ok(first);

  owner.put(false);
  t.mock.timers.tick(1000);
  owner.put(true);
  owner.update();
  assert.equal(keeper.dialer, first, 'moved');

  owner.put(false);
  t.mock.timers.tick(3000);
  owner.update();
  assert.deepEqual([keeper.dialer, closed], [undefined, 1], 'given back');
  owner.put(true);
  owner.update();
  assert.ok(keeper.dialer);
  assert.notEqual(keeper.dialer, first);
});
