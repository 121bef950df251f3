import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { problemOf } from '../core/problem-error.ts';
import { ScriptedMicrophone } from '../testing/scripted-microphone.ts';
import { Microphone } from './microphone.ts';

const REASONS: [string, string][] = [
  ['NotAllowedError', 'microphone-denied'],
  ['SecurityError', 'microphone-denied'],
  ['NotFoundError', 'microphone-missing'],
  ['OverconstrainedError', 'microphone-missing'],
  ['NotReadableError', 'microphone-unavailable'],
  ['AbortError', 'microphone-unavailable'],
];

describe('microphone', () => {
  let scripted: ScriptedMicrophone;
  let microphone: Microphone;

  beforeEach(() => {
    scripted = new ScriptedMicrophone();
    scripted.install();
    microphone = new Microphone();
  });

  async function problem(): Promise<string> {
    return problemOf(await microphone.open().catch((error: unknown) => error)).code;
  }

  for (const [name, code] of REASONS) {
    test(`${name} is ${code}`, async () => {
      scripted.refusal = name;
      assert.equal(await problem(), code);
    });
  }

  test('a page that is not secure, and a browser without microphones, are told apart', async () => {
    scripted.remove();
    assert.equal(await problem(), 'unsupported-browser');
    scripted.secure = false;
    assert.equal(await problem(), 'insecure-page');
  });

  test('the SDK gets the stream that is open, once', async () => {
    const opened = await microphone.open();
    assert.equal(await microphone.take({ audio: true }), opened);
    assert.notEqual(await microphone.take({ audio: true }), opened);
    microphone.release();
    assert.equal(scripted.live(), 2);
  });

  test('released while the person is being asked, it is given back as soon as it is given', async () => {
    scripted.refusal = null;
    const opening = microphone.open();
    microphone.release();
    scripted.allow();
    await opening;
    assert.equal(scripted.live(), 0);
  });
});
