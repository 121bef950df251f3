import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import type { DialerState } from './core/state.ts';
import { linkHeadset } from './headset-link.ts';
import { RemoteHandset } from './one-phone/remote-handset.ts';
import { ScriptedHeadset, ScriptedHid, SWITCH_HEADSET } from './phone/headset/testing/scripted-headset.ts';
import { stateIn, waitingCall } from './testing/state-in.ts';

const settle = () => new Promise((resolve) => setImmediate(resolve));

let hid: ScriptedHid;
let device: ScriptedHeadset;
let asked: string[];
let phone: RemoteHandset;
let link: ReturnType<typeof linkHeadset>;

beforeEach(async () => {
  hid = new ScriptedHid();
  device = new ScriptedHeadset(SWITCH_HEADSET);
  hid.picked = [device];
  hid.install();
  asked = [];
  phone = new RemoteHandset((method) => asked.push(method));
  link = linkHeadset(phone);
  link.connect();
  await settle();
});
afterEach(() => {
  link.close();
  hid.remove();
});

async function show(state: DialerState): Promise<string[]> {
  device.told.length = 0;
  phone.become(state);
  await settle();
  return device.told;
}

test('a customer who waits lights the lamp, and flash takes them', async () => {
  assert.deepEqual(await show(stateIn('open')), ['2: 2 0']);
  device.send(2, 1, 0);
  assert.deepEqual(await show(stateIn('open', {}, { waiting: waitingCall() })), ['2: 6 0']);
  device.send(2, 1 + 8, 0);
  assert.deepEqual(asked, ['answer']);
});

test('a customer who calls lights the lamp, and is answered off the hook', async () => {
  assert.deepEqual(await show(stateIn('incoming')), ['2: 4 0']);
  device.send(2, 1, 0);
  assert.deepEqual(asked, ['answer']);
});
