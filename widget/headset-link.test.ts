import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
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
  await link.connect();
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

describe('in two tabs', () => {
  let other: ReturnType<typeof linkHeadset>;
  let deviceThere: ScriptedHeadset;
  let askedThere: string[];

  /** The browser gives each tab a device of its own for the one headset. */
  beforeEach(async () => {
    deviceThere = new ScriptedHeadset(SWITCH_HEADSET);
    hid.picked = hid.permitted = [deviceThere];
    askedThere = [];
    const there = new RemoteHandset((method) => askedThere.push(method));
    there.become(stateIn('open'));
    other = linkHeadset(there);
  });
  afterEach(() => other.close());

  const push = () => {
    for (const each of [device, deviceThere]) each.send(2, 1 + 4, 0);
  };

  test('one of them obeys a button: a second would undo what the first has done', async () => {
    await show(stateIn('open'));
    await other.connect();
    await settle();
    push();
    assert.deepEqual([asked, askedThere], [[], ['mute']]);
  });

  test('the lamps of a call stay on when another tab takes them over, and the first has them back after it', async () => {
    await show(stateIn('open'));
    hid.permitted = [device];
    await other.connect();
    await settle();
    assert.deepEqual([device.told, device.opened, deviceThere.told], [['2: 2 0'], false, ['2: 2 0']]);
    device.told.length = 0;
    other.close();
    await settle();
    await settle();
    assert.deepEqual([device.told, device.opened], [['2: 2 0'], true]);
    push();
    assert.deepEqual([asked, askedThere], [['mute'], []]);
  });

  test('who picks none leaves it where it is, also when it is plugged in again', async () => {
    await show(stateIn('open'));
    hid.picked = [];
    await other.connect();
    await settle();
    hid.plug('disconnect', device);
    for (const each of [device, deviceThere]) hid.plug('connect', each);
    await settle();
    push();
    assert.deepEqual([asked, askedThere], [['mute'], []]);
  });

  test('as two elements of one page they have one device: it stays open for the other', async () => {
    await show(stateIn('open'));
    hid.picked = [device];
    await other.connect();
    await settle();
    await settle();
    assert.equal(device.opened, true);
    device.send(2, 1 + 4, 0);
    assert.deepEqual([asked, askedThere], [[], ['mute']]);
    other.close();
    await settle();
    await settle();
    assert.equal(device.opened, true);
    device.send(2, 1, 0);
    device.send(2, 1 + 4, 0);
    assert.deepEqual(asked, ['mute']);
  });

  test('one that is closed before it has its turn does not keep it', async () => {
    await show(stateIn('open'));
    hid.permitted = [device];
    const connected = other.connect();
    other.close();
    await connected;
    await settle();
    await settle();
    push();
    assert.deepEqual([asked, askedThere], [['mute'], []]);
  });
});
