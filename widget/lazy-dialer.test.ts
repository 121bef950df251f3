import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ScriptedDialer, stateIn } from './element/testing/scripted-dialer.ts';
import type { PhoneWithTools } from './core/dialer.ts';
import { lazyDialer } from './lazy-dialer.ts';

const settle = () => new Promise((resolve) => setImmediate(resolve));

function scripted(): ScriptedDialer & PhoneWithTools {
  const dialer = new ScriptedDialer({
    service: '',
    defaultCountry: 'EG',
    receiveCalls: false,
    pauseForWrapUp: false,
    phoneWindow: false,
    getAuthToken: async () => '',
  });
  return Object.assign(dialer, { loadTools: async () => dialer });
}

describe('lazy dialer', () => {
  test('what is asked before the dialer is there is done in order once it is', async () => {
    const dialer = scripted();
    let arrive: (value: PhoneWithTools) => void = () => {};
    const lazy = lazyDialer(() => new Promise((resolve) => (arrive = resolve)));
    const seen: string[] = [];
    lazy.subscribe(({ phase }) => seen.push(phase));
    lazy.prepare();
    lazy.dial('010', { name: 'منى' });
    lazy.hangUp();
    assert.deepEqual(dialer.asked, []);
    arrive(dialer);
    await settle();
    assert.deepEqual(dialer.asked, [['prepare'], ['dial', '010', { name: 'منى' }], ['hangUp']]);
    lazy.mute(true);
    lazy.sendDigits('5');
    assert.deepEqual(dialer.asked.slice(-2), [
      ['mute', true],
      ['sendDigits', '5'],
    ]);
    dialer.become(stateIn('open'));
    assert.equal(lazy.getState().phase, 'open');
    lazy.dismiss();
    assert.deepEqual(seen, ['open', 'idle']);
  });

  test('a dialer that cannot be loaded is told by the call, and tried again by the next one', async () => {
    const dialer = scripted();
    let tries = 0;
    const lazy = lazyDialer(() => {
      tries += 1;
      return tries < 3 ? Promise.reject(new Error('offline')) : Promise.resolve(dialer);
    });
    await settle();
    assert.equal(lazy.getState().problem, null);
    lazy.dial('010');
    await settle();
    assert.deepEqual([lazy.getState().phase, lazy.getState().problem?.code], ['idle', 'service-unreachable']);
    lazy.dial('011');
    await settle();
    assert.equal(lazy.getState().problem, null);
    assert.deepEqual(dialer.asked, [['dial', '011']]);
    assert.equal(tries, 3);
  });

  test('what belongs to the tools is asked of them, and what becomes of it is told to who asked', async () => {
    const [dialer, tools] = [scripted(), scripted()];
    let there = false;
    const loadTools = () => (there ? Promise.resolve(tools) : Promise.reject(new Error('offline')));
    // What is asked of calls is its own; the rest, of the class, stays behind.
    const arrived = { ...dialer, getState: () => dialer.getState(), subscribe: () => () => {}, loadTools };
    const lazy = lazyDialer(async () => arrived);
    await assert.rejects(lazy.callerIds(), /offline/);
    there = true;
    assert.equal(await lazy.callerIds(), tools.callerIdChoice);
    lazy.hangUp();
    assert.deepEqual([dialer.asked, tools.asked, tools.callerIdChoice.asked], [[['hangUp']], [], 1]);
  });

  test('a promise may be of it', async () => {
    const lazy = lazyDialer(() => new Promise(() => {}));
    assert.equal(await Promise.resolve(lazy), lazy);
  });

  test('closed before it was loaded, the dialer is closed when it comes and does nothing', async () => {
    const dialer = scripted();
    const lazy = lazyDialer(() => Promise.resolve(dialer));
    lazy.dial('010');
    lazy.close();
    await settle();
    assert.deepEqual(dialer.asked, [['close']]);
  });
});
