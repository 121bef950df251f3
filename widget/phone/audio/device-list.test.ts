import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { choices, presentDevice, systemDevice } from './device-list.ts';
import { device } from './testing/scripted-computer.ts';

const BUILT_IN = device('audioinput', 'b1', 'Built-in', 'g1');
const HEADSET = device('audioinput', 'h1', 'Headset', 'g2');
const PHONES = device('audiooutput', 'h2', 'Headphones', 'g2');
const NAMED = device('audioinput', 'default', 'Par défaut - Headset', 'g2');
const COMMUNICATIONS = device('audioinput', 'communications', 'Communications - Headset', 'g2');

describe('list of devices', () => {
  test('Chromium: the system device stands for the real one, under its own label', () => {
    const list = [NAMED, COMMUNICATIONS, BUILT_IN, HEADSET, PHONES];
    assert.equal(systemDevice(list, 'audioinput'), HEADSET);
    assert.deepEqual(choices(list, 'audioinput'), [
      { id: 'default', label: 'Headset' },
      { id: 'b1', label: 'Built-in' },
      { id: 'h1', label: 'Headset' },
    ]);
  });

  test('of two parts of one sound card, it is the one that the system names', () => {
    const line = device('audioinput', 'l1', 'Line in', 'g2');
    assert.equal(systemDevice([NAMED, line, HEADSET], 'audioinput'), HEADSET);
  });

  test('other browsers: it is the first one', () => {
    assert.equal(systemDevice([HEADSET, BUILT_IN], 'audioinput'), HEADSET);
    assert.deepEqual(choices([PHONES], 'audiooutput')[0], { id: 'default', label: 'Headphones' });
  });

  test('before the browser may tell, there is only the system device, without a label', () => {
    assert.deepEqual(choices([device('audioinput', '', '')], 'audioinput'), [{ id: 'default', label: '' }]);
    assert.deepEqual(choices([], 'audiooutput'), [{ id: 'default', label: '' }]);
  });

  test('a device is known by its id, or else by its label', () => {
    const list = [NAMED, BUILT_IN, HEADSET, PHONES];
    assert.equal(presentDevice(list, 'audioinput', { id: 'h1', label: 'renamed' }), HEADSET);
    assert.equal(presentDevice(list, 'audioinput', { id: 'old', label: 'Headset' }), HEADSET);
    assert.equal(presentDevice(list, 'audioinput', { id: 'h2', label: 'Headphones' }), undefined);
    assert.equal(presentDevice(list, 'audioinput', { id: 'default', label: '' }), undefined);
  });
});
