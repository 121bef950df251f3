import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { problemOf } from '../core/problem-error.ts';
import type { Notice } from '../core/reach.ts';
import { AUDIO_KEY } from '../core/audio.ts';
import { ScriptedComputer, device } from './audio/testing/scripted-computer.ts';
import { Microphone } from './microphone.ts';

const BUILT_IN = device('audioinput', 'default', 'Built-in');
const HEADSET = device('audioinput', 'h1', 'Headset');

type Refusal = [name: string, message: string, permission: PermissionState | undefined, code: string];
const REFUSALS: Refusal[] = [
  ['NotAllowedError', 'Permission denied', 'denied', 'microphone-denied'],
  ['NotAllowedError', 'Permission denied', undefined, 'microphone-denied'],
  ['SecurityError', '', 'denied', 'microphone-denied'],
  ['NotAllowedError', 'Permission dismissed', 'prompt', 'microphone-dismissed'],
  ['NotAllowedError', 'Permission denied by system', 'prompt', 'microphone-denied-by-system'],
  ['NotAllowedError', 'Permission denied by system', undefined, 'microphone-denied-by-system'],
  ['NotAllowedError', 'The request is not allowed', 'granted', 'microphone-denied-by-system'],
  ['NotFoundError', '', 'granted', 'microphone-missing'],
  ['OverconstrainedError', '', 'granted', 'microphone-missing'],
  ['NotReadableError', 'Could not start audio source', 'granted', 'microphone-unavailable'],
  ['AbortError', '', 'granted', 'microphone-unavailable'],
  ['InvalidStateError', '', 'granted', 'microphone-unavailable'],
];

describe('microphone', () => {
  let computer: ScriptedComputer;
  let microphone: Microphone;
  let notices: Notice[];

  beforeEach(() => {
    computer = new ScriptedComputer();
    computer.install();
    notices = [];
    microphone = new Microphone((notice) => notices.push(notice));
  });

  async function problem(): Promise<string> {
    return problemOf(await microphone.open().catch((error: unknown) => error)).code;
  }

  function choose(id: unknown, label: unknown): void {
    computer.stored?.set(AUDIO_KEY, JSON.stringify({ microphone: { id, label } }));
  }

  function asked(): unknown[] {
    return computer.asked.map(({ deviceId }) => (deviceId as { exact: string } | undefined)?.exact);
  }

  for (const [name, message, permission, code] of REFUSALS) {
    test(`${name} "${message}" with the permission ${permission} is ${code}`, async () => {
      computer.refusal = [name, message];
      computer.permission = permission;
      assert.equal(await problem(), code);
    });
  }

  test('a page that is not secure, a browser without microphones and a page without leave are told apart', async () => {
    computer.policy = false;
    assert.equal(await problem(), 'microphone-not-allowed-here');
    computer.capable = false;
    assert.equal(await problem(), 'unsupported-browser');
    computer.secure = false;
    assert.equal(await problem(), 'insecure-page');
    assert.deepEqual(computer.live(), []);
  });

  test('a page with leave is asked as any other', async () => {
    computer.policy = true;
    await microphone.open();
    assert.equal(computer.live().length, 1);
  });

  test('echo, noise and loudness are taken care of by the browser', async () => {
    await microphone.open();
    assert.deepEqual(computer.asked, [{ echoCancellation: true, noiseSuppression: true, autoGainControl: true }]);
  });

  test('the SDK gets the stream that is open, once', async () => {
    const opened = await microphone.open();
    assert.equal(await microphone.take({ audio: true }), opened);
    assert.notEqual(await microphone.take({ audio: true }), opened);
    microphone.release();
    assert.equal(computer.live().length, 2);
  });

  test('released while the person is being asked, it is given back as soon as it is given', async () => {
    const answer = Promise.withResolvers<void>();
    computer.answer = answer.promise;
    const opening = microphone.open();
    microphone.release();
    answer.resolve();
    await opening;
    assert.deepEqual(computer.live(), []);
  });

  describe('of several', () => {
    beforeEach(() => (computer.devices = [BUILT_IN, HEADSET]));

    test('the chosen one is opened', async () => {
      choose('h1', 'Headset');
      await microphone.open();
      assert.deepEqual(asked(), ['h1']);
      assert.deepEqual(computer.live(), ['Headset']);
      assert.equal(microphone.inUse, 'h1');
      assert.deepEqual(notices, []);
    });

    test('one whose id has changed is known by its label', async () => {
      choose('old', 'Headset');
      await microphone.open();
      assert.deepEqual(asked(), ['old', 'h1']);
      assert.equal(microphone.inUse, 'h1');
      assert.deepEqual(notices, []);
    });

    test('without the chosen one it is the default, and that is said', async () => {
      choose('gone', 'Other headset');
      await microphone.open();
      assert.deepEqual(asked(), ['gone', undefined]);
      assert.equal(microphone.inUse, 'default');
      assert.deepEqual(notices, [{ code: 'microphone-lost', device: 'Built-in' }]);
    });

    test('a chosen one that another program uses is not replaced behind the back of the agent', async () => {
      choose('h1', 'Headset');
      computer.refusal = ['NotReadableError'];
      assert.equal(await problem(), 'microphone-unavailable');
      assert.deepEqual(asked(), ['h1']);
    });

    for (const [id, label] of [
      [7, 'x'],
      [null, null],
      ['', ''],
    ]) {
      test(`a remembered ${JSON.stringify({ id, label })} is no choice`, async () => {
        choose(id, label);
        await microphone.open();
        assert.deepEqual(asked(), [undefined]);
      });
    }

    for (const text of ['{', 'null', '[]', '"x"', '{"microphone":null}', '{"microphone":"h1"}']) {
      test(`a memory of ${text} is no choice`, async () => {
        computer.stored?.set(AUDIO_KEY, text);
        await microphone.open();
        assert.deepEqual(asked(), [undefined]);
      });
    }

    test('blocked storage is no choice', async () => {
      computer.stored = undefined;
      await microphone.open();
      assert.deepEqual(asked(), [undefined]);
    });

    test("the SDK's default is the one in use; one that it names is that one", async () => {
      choose('h1', 'Headset');
      await microphone.open();
      await microphone.take({ audio: true });
      await microphone.take({ audio: { deviceId: { exact: 'default' } } });
      assert.equal(computer.live().join(), 'Headset,Headset');
      microphone.inUse = 'default';
      await microphone.take({ audio: { deviceId: { exact: 'default' } } });
      await microphone.take({ audio: { deviceId: { exact: 'h1' } } });
      assert.equal(computer.live().join(), 'Headset,Headset,Built-in,Headset');
      assert.equal(microphone.inUse, 'h1');
    });
  });
});
