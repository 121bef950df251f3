import { SAMPLE_RATE } from '../ports.ts';
import { decodeMuLaw } from './g711.ts';

const HEADER_BYTES = 44;
const PCM = 1;
const MU_LAW = 7;

/** 16-bit PCM WAV; channels of unequal length are filled up with silence. */
export function encodeWav(channels: Int16Array[], sampleRate = SAMPLE_RATE): Buffer {
  const frames = Math.max(0, ...channels.map((channel) => channel.length));
  const bytes = frames * channels.length * 2;
  const wav = Buffer.alloc(HEADER_BYTES + bytes);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(HEADER_BYTES - 8 + bytes, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(PCM, 20);
  wav.writeUInt16LE(channels.length, 22);
  wav.writeUInt32LE(sampleRate, 24);
  wav.writeUInt32LE(sampleRate * channels.length * 2, 28);
  wav.writeUInt16LE(channels.length * 2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(bytes, 40);
  channels.forEach((channel, at) => {
    channel.forEach((sample, index) => wav.writeInt16LE(sample, HEADER_BYTES + (index * channels.length + at) * 2));
  });
  return wav;
}

export interface Wav {
  channels: Int16Array[];
  sampleRate: number;
}

/** Reads 16-bit PCM and µ-law. Throws a sentence for anything else. */
export function decodeWav(bytes: Uint8Array): Wav {
  const wav = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (wav.length < 12 || wav.toString('latin1', 0, 4) !== 'RIFF' || wav.toString('latin1', 8, 12) !== 'WAVE') {
    throw new Error('This is not a WAV file.');
  }
  let format: (SampleFormat & { sampleRate: number }) | undefined;
  for (let at = 12; at + 8 <= wav.length;) {
    const id = wav.toString('latin1', at, at + 4);
    const size = wav.readUInt32LE(at + 4);
    const body = at + 8;
    if (id === 'fmt ' && size >= 16 && body + 16 <= wav.length) {
      format = {
        codec: wav.readUInt16LE(body),
        count: wav.readUInt16LE(body + 2),
        sampleRate: wav.readUInt32LE(body + 4),
        bits: wav.readUInt16LE(body + 14),
      };
    }
    if (id === 'data' && format)
      return { channels: samplesOf(wav.subarray(body, body + size), format), sampleRate: format.sampleRate };
    at = body + size + (size % 2);
  }
  throw new Error('This WAV file has no audio.');
}

interface SampleFormat {
  codec: number;
  /** Channels. */
  count: number;
  bits: number;
}

function samplesOf(data: Buffer, { codec, count, bits }: SampleFormat): Int16Array[] {
  if (!(codec === PCM && bits === 16) && !(codec === MU_LAW && bits === 8))
    throw new Error('Only 16-bit PCM and µ-law WAV files can be played.');
  const samples =
    codec === MU_LAW
      ? decodeMuLaw(data)
      : Int16Array.from({ length: data.length >> 1 }, (_, index) => data.readInt16LE(index * 2));
  return Array.from({ length: count }, (_, channel) => samples.filter((_sample, index) => index % count === channel));
}
