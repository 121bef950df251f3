import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { PhoneStage, settle } from '../testing/phone-stage.ts';
import { changeAudioSettings } from './audio/audio-settings.ts';

const SYSTEM = { id: 'default', label: '' };
const HEADSET = { id: 'headset', label: 'headset' };
const DESK = { id: 'desk', label: 'desk' };

describe('an open call is attended', () => {
  let stage: PhoneStage;
  beforeEach(() => {
    changeAudioSettings({ microphone: SYSTEM, speaker: SYSTEM });
    stage = new PhoneStage();
    stage.page.microphones = ['default', 'headset', 'desk'];
  });
  afterEach(() => {
    stage.phone.close();
    changeAudioSettings({ microphone: SYSTEM, speaker: SYSTEM });
  });

  async function open(): Promise<void> {
    stage.phone.connect('a');
    await settle();
    stage.device.call.open();
    await settle();
  }

  const over = () => new Promise((resolve) => setTimeout(resolve, 5));

  test('a microphone that the agent chooses meanwhile is what the SDK gets, every time; none is open afterwards', async () => {
    await open();
    const inputs = new Set<unknown>();
    for (const microphone of [HEADSET, DESK, SYSTEM]) {
      changeAudioSettings({ microphone });
      await settle();
      inputs.add(stage.device.audio.input);
      assert.equal(stage.microphone.live(), 1);
    }
    assert.equal(inputs.size, 3);
    stage.phone.disconnect('a');
    await over();
    assert.equal(stage.microphone.live(), 0);
    assert.equal(stage.device.audio.inputDevice, null);
    changeAudioSettings({ microphone: HEADSET });
    await settle();
    assert.equal(stage.microphone.live(), 0, 'no call, no microphone');
  });

  test('one that was chosen while it rang is used as soon as it is open', async () => {
    stage.phone.connect('a');
    await settle();
    changeAudioSettings({ microphone: HEADSET });
    stage.device.call.open();
    await settle();
    assert.ok(stage.device.audio.input);
    assert.equal(stage.microphone.live(), 1);
  });

  test('muted, the other microphone is muted before the SDK has it', async () => {
    await open();
    stage.phone.mute('a', true);
    changeAudioSettings({ microphone: HEADSET });
    await settle();
    assert.equal(stage.device.audio.input?.getTracks()[0]?.enabled, false);
  });

  test('one that does not open is not waited for: the call keeps what it has', async () => {
    await open();
    stage.microphone.refusal = 'NotReadableError';
    changeAudioSettings({ microphone: HEADSET });
    await settle();
    assert.equal(stage.microphone.live(), 1);
    stage.microphone.refusal = undefined;
    changeAudioSettings({ microphone: DESK });
    await settle();
    assert.equal(stage.microphone.live(), 1);
    assert.ok(stage.device.audio.input);
  });

  test('hung up while the other microphone is asked for: it is not left open', async () => {
    await open();
    stage.microphone.refusal = null;
    changeAudioSettings({ microphone: HEADSET });
    await settle();
    stage.phone.disconnect('a');
    stage.microphone.allow();
    await over();
    assert.equal(stage.microphone.live(), 0);
  });

  test('the chosen loudspeaker is used by a new device, and once it is there only when it changes', async () => {
    changeAudioSettings({ speaker: HEADSET });
    stage.phone.prepare();
    await settle();
    assert.deepEqual(stage.device.audio.speakers, ['headset']);
    await open();
    assert.deepEqual(stage.device.audio.speakers, ['headset']);
  });

  test('what is wrong with its sound is told as it changes, and no more after its end', async () => {
    await open();
    const { call } = stage.device;
    call.emit('warning', 'high-rtt');
    call.emit('warning', 'high-rtt');
    call.emit('warning', 'ice-connectivity-lost');
    call.close();
    await settle();
    call.emit('warning', 'low-mos');
    const told = stage.facts.flatMap((fact) => (fact.type === 'warnings-changed' ? [fact.warnings] : []));
    assert.deepEqual(told, [['delayed'], ['no-connection']]);
  });
});
