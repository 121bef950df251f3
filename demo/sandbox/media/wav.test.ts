import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { test } from 'node:test';
import { encodeMuLaw } from './g711.ts';
import { rms } from './level.ts';
import { PHRASES } from './phrases.ts';
import { tone } from './tones.ts';
import { decodeWav, encodeWav } from './wav.ts';

test('what is written is read again, channel by channel', () => {
  const left = tone(440, 100);
  const right = tone(1000, 100);
  const wav = encodeWav([left, right]);
  const read = decodeWav(wav);
  assert.equal(read.sampleRate, 8000);
  assert.deepEqual(read.channels, [left, right]);
  assert.equal(wav.readUInt32LE(28), 8000 * 2 * 2, 'bytes a second');
});

test('a shorter channel is filled up with silence; a file without audio is a file', () => {
  assert.deepEqual(decodeWav(encodeWav([Int16Array.of(1, 2), Int16Array.of(3)])).channels[1], Int16Array.of(3, 0));
  assert.deepEqual(decodeWav(encodeWav([new Int16Array(0)])).channels, [new Int16Array(0)]);
});

test('µ-law is read, also behind chunks that mean nothing to us', () => {
  const samples = tone(500, 50);
  const data = Buffer.from(encodeMuLaw(samples));
  const header = encodeWav([new Int16Array(0)]).subarray(0, 36);
  header.writeUInt16LE(7, 20);
  header.writeUInt16LE(8, 34);
  const chunk = (id: string, body: Buffer) => {
    const size = Buffer.alloc(4);
    size.writeUInt32LE(body.length);
    return Buffer.concat([Buffer.from(id), size, body, Buffer.alloc(body.length % 2)]);
  };
  const read = decodeWav(Buffer.concat([header, chunk('LIST', Buffer.from('odd')), chunk('data', data)]));
  assert.equal(read.channels[0]!.length, samples.length);
  assert.ok(Math.abs(rms(read.channels[0]!) - rms(samples)) < 0.01);
});

test('anything else is refused in a sentence', () => {
  const eightBit = encodeWav([tone(500, 20)]);
  eightBit.writeUInt16LE(8, 34);
  const compressed = encodeWav([tone(500, 20)]);
  compressed.writeUInt16LE(0x55, 20);
  const good = encodeWav([tone(500, 20)]);
  assert.throws(() => decodeWav(Buffer.from('ID3')), /not a WAV file/);
  assert.throws(() => decodeWav(eightBit), /Only 16-bit PCM and µ-law/);
  assert.throws(() => decodeWav(compressed), /Only 16-bit PCM and µ-law/);
  for (const length of [12, 20, 30, 40]) assert.throws(() => decodeWav(good.subarray(0, length)), /has no audio/);
});

test('every phrase has its clip, 8 kHz mono, and all together are small', () => {
  const folder = new URL('clips/', import.meta.url);
  for (const name of Object.keys(PHRASES)) {
    const { channels, sampleRate } = decodeWav(readFileSync(new URL(`${name}.wav`, folder)));
    assert.equal(sampleRate, 8000, name);
    assert.equal(channels.length, 1, name);
    assert.ok(rms(channels[0]!) > 0.02, `${name} is audible`);
    assert.ok(channels[0]!.length > 8000 * 0.25, `${name} is as long as a word`);
  }
  const bytes = readdirSync(folder).reduce((sum, file) => sum + statSync(new URL(file, folder)).size, 0);
  assert.ok(bytes < 400_000, `${bytes} bytes of clips`);
});
