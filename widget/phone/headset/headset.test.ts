import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, mock, test } from 'node:test';
import { createHeadset, type Headset } from './headset.ts';
import { BUTTON_HEADSET, SWITCH_HEADSET, ScriptedHeadset, ScriptedHid } from './testing/scripted-headset.ts';

const NOTHING = { ringing: false, inCall: false, muted: false };
const RINGING = { ...NOTHING, ringing: true };
const IN_CALL = { ...NOTHING, inCall: true };
const MUTED = { ...IN_CALL, muted: true };
const WAITING = { ...IN_CALL, ringing: true };

describe('headset', () => {
  let hid: ScriptedHid;
  let device: ScriptedHeadset;
  let headset: Headset;
  let done: string[];
  let now: number;

  beforeEach(() => {
    now = 10_000;
    mock.method(performance, 'now', () => now);
    hid = new ScriptedHid();
    hid.install();
    done = [];
  });

  afterEach(() => {
    headset.close();
    hid.remove();
    mock.restoreAll();
  });

  function make(): void {
    headset = createHeadset({
      onAnswer: () => done.push('answer'),
      onHangUp: () => done.push('hang up'),
      onMute: (on) => done.push(`mute ${on}`),
    });
  }

  async function settle(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
  }

  async function restore(collections: typeof SWITCH_HEADSET): Promise<void> {
    device = new ScriptedHeadset(collections);
    hid.permitted = [device];
    make();
    await headset.restore();
    await settle();
    device.told.length = 0;
  }

  async function show(state: typeof NOTHING): Promise<string[]> {
    now += 5000;
    headset.show(state);
    await settle();
    now += 5000;
    return device.told.splice(0);
  }

  function send(...report: [number, ...number[]]): string[] {
    device.send(...report);
    return done.splice(0);
  }

  test('a browser without WebHID: nothing happens, and nothing fails', async () => {
    hid.remove();
    make();
    await headset.connect();
    await headset.restore();
    headset.show(RINGING);
  });

  test('asks for a telephone, in a click only', async () => {
    device = new ScriptedHeadset(SWITCH_HEADSET);
    hid.permitted = [];
    hid.picked = [device];
    make();
    await headset.restore();
    assert.deepEqual(hid.asked, []);
    await headset.connect();
    assert.deepEqual(hid.asked, [{ filters: [{ usagePage: 0x0b }] }]);
    assert.equal(device.opened, true);
  });

  test('picking none, and not being allowed to ask, are no error', async () => {
    make();
    await headset.connect();
    hid.picked = null;
    await headset.connect();
  });

  test('one that another program has is left alone', async () => {
    device = new ScriptedHeadset(SWITCH_HEADSET);
    device.refuses = true;
    hid.permitted = [device];
    make();
    await headset.restore();
    device.refuses = false;
    await headset.restore();
    assert.equal(device.opened, true);
  });

  describe('whose hook is a switch', () => {
    beforeEach(() => restore(SWITCH_HEADSET));

    test('its lamps and its idea of the call follow the screen', async () => {
      assert.deepEqual(await show(RINGING), ['2: 4 0']);
      assert.deepEqual(await show(RINGING), []);
      assert.deepEqual(await show(IN_CALL), ['2: 2 0']);
      assert.deepEqual(await show(MUTED), ['2: 3 0']);
      assert.deepEqual(await show(WAITING), ['2: 6 0']);
      assert.deepEqual(await show(NOTHING), ['2: 0 0']);
    });

    test('off the hook answers, on the hook hangs up', async () => {
      await show(RINGING);
      assert.deepEqual(send(2, 1, 0), ['answer']);
      await show(IN_CALL);
      assert.deepEqual(send(2, 0, 0), ['hang up']);
    });

    test('what it repeats of what the screen did is no order', async () => {
      await show(RINGING);
      await show(IN_CALL);
      assert.deepEqual(send(2, 1, 0), []);
      await show(NOTHING);
      assert.deepEqual(send(2, 0, 0), []);
      await show(RINGING);
      assert.deepEqual(send(2, 0, 0), []);
    });

    test('nothing is dialled or answered while nobody calls', async () => {
      await show(NOTHING);
      assert.deepEqual([send(2, 1, 0), send(2, 0, 0), send(2, 4, 0), send(2, 8, 0)].flat(), []);
    });

    test('after a button was used it is told again, whatever it was told last', async () => {
      await show(IN_CALL);
      send(2, 1, 0);
      assert.deepEqual(await show(IN_CALL), ['2: 2 0']);
    });

    test('mute is a button: each push is the other state, its release none', async () => {
      await show(IN_CALL);
      assert.deepEqual(send(2, 1 + 4, 0), ['mute true']);
      assert.deepEqual(send(2, 1, 0), []);
      await show(MUTED);
      assert.deepEqual(send(2, 1 + 4, 0), ['mute false']);
    });

    test('a call on the screen that was muted there is unmuted by the first push', async () => {
      await show(IN_CALL);
      await show(MUTED);
      assert.deepEqual(send(2, 1 + 4, 0), ['mute false']);
    });

    test('flash takes the customer who waits, the hook ends the call', async () => {
      await show(IN_CALL);
      send(2, 1, 0);
      assert.deepEqual(send(2, 1 + 8, 0), []);
      send(2, 1, 0);
      await show(WAITING);
      assert.deepEqual(send(2, 1 + 8, 0), ['answer']);
      assert.deepEqual(send(2, 0, 0), ['hang up']);
    });

    test('its volume keys, its dial pad and reports that are too short are not for us', async () => {
      await show(RINGING);
      assert.deepEqual([send(1, 3), send(2, 0xf0, 0xff), send(9, 1), send(2)].flat(), []);
    });

    test('pulled out and plugged in again, it goes on', async () => {
      await show(IN_CALL);
      hid.plug('disconnect', device);
      assert.deepEqual(send(2, 1, 0), []);
      const again = new ScriptedHeadset(SWITCH_HEADSET);
      hid.plug('connect', again);
      await settle();
      assert.deepEqual(again.told, ['2: 2 0']);
    });

    test('another one that is picked takes over; the first is left without a call', async () => {
      await show(IN_CALL);
      const other = new ScriptedHeadset(BUTTON_HEADSET);
      hid.picked = [other];
      await headset.connect();
      await settle();
      assert.deepEqual(device.told, ['2: 0 0']);
      assert.equal(device.opened, false);
      assert.deepEqual(other.told, ['6: 2', '7: 0', '8: 0']);
    });

    test('closed, it is given back as without a call', async () => {
      await show(RINGING);
      headset.close();
      await settle();
      assert.deepEqual(device.told, ['2: 0 0']);
      assert.equal(device.opened, false);
      assert.deepEqual(send(2, 1, 0), []);
    });
  });

  describe('whose hook is a button', () => {
    beforeEach(() => restore(BUTTON_HEADSET));

    test('each lamp is told by its own report', async () => {
      assert.deepEqual(await show(RINGING), ['7: 1']);
      assert.deepEqual(await show(MUTED), ['6: 2', '7: 0', '8: 1']);
    });

    test('one push answers, the next one hangs up, and no release does', async () => {
      await show(RINGING);
      assert.deepEqual(send(5, 8, 0), ['answer']);
      now += 150;
      headset.show(IN_CALL);
      assert.deepEqual(send(5, 0, 0), []);
      now += 60_000;
      assert.deepEqual(send(5, 8, 0), ['hang up']);
      now += 150;
      headset.show(NOTHING);
      assert.deepEqual(send(5, 0, 0), []);
    });

    test('known as a button, it hangs up nothing by repeating that the screen has answered', async () => {
      await show(RINGING);
      send(5, 8, 0);
      now += 100;
      send(5, 0, 0);
      await show(NOTHING);
      await show(RINGING);
      headset.show(IN_CALL);
      now += 50;
      assert.deepEqual(send(5, 8, 0), []);
    });

    test('the screen that hangs up at once makes no button of a switch', async () => {
      headset.show(IN_CALL);
      send(5, 8, 0);
      now += 100;
      headset.show(NOTHING);
      send(5, 0, 0);
      await show(RINGING);
      assert.deepEqual(send(5, 8, 0), ['answer']);
      await show(IN_CALL);
      assert.deepEqual(send(5, 0, 0), ['hang up']);
    });

    test('mute is a switch: its position counts, not that it is repeated', async () => {
      await show(IN_CALL);
      assert.deepEqual(send(5, 0, 1), ['mute true']);
      await show(MUTED);
      assert.deepEqual(send(5, 0, 1), []);
      assert.deepEqual(send(5, 0, 0), ['mute false']);
      send(5, 0, 1);
      await show(IN_CALL);
      assert.deepEqual(send(5, 16, 1), []);
      assert.deepEqual(send(5, 0, 0), []);
      assert.deepEqual(send(5, 0, 1), ['mute true']);
    });
  });
});
