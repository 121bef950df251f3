import type { Plugin } from 'rollup';

const SAMPLE_RATE = 8000;

/** One stretch of sound: frequencies heard together, for a time, at a level of 0 to 1. */
interface Stretch {
  hz: number[];
  ms: number;
  level?: number;
  /** As a struck string does: pleasant all day, where a steady tone is not for a minute. */
  fades?: boolean;
}

const DTMF_ROWS = [697, 770, 852, 941];
const DTMF_COLUMNS = [1209, 1336, 1477];
const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', 's', '0', 'h'];

function dtmf(key: string): Stretch[] {
  const at = KEYS.indexOf(key);
  return [{ hz: [DTMF_ROWS[Math.floor(at / 3)]!, DTMF_COLUMNS[at % 3]!], ms: 80, level: 0.25 }];
}

/**
 * Ours, each played in a loop: the ringtone, two calm notes and a rest; and what says during a call that another customer
 * waits. Then every sound the Voice SDK knows by name: nothing is fetched from a third party.
 */
const SOUNDS: Record<string, Stretch[]> = {
  ringtone: [
    { hz: [587, 1174], ms: 480, level: 0.8, fades: true },
    { hz: [440, 880], ms: 900, level: 0.8, fades: true },
    { hz: [], ms: 1620 },
  ],
  waiting: [
    { hz: [880], ms: 120, level: 0.2 },
    { hz: [], ms: 130 },
    { hz: [880], ms: 120, level: 0.2 },
    { hz: [], ms: 3630 },
  ],
  incoming: [
    { hz: [587, 880], ms: 160, level: 0.35 },
    { hz: [], ms: 60 },
    { hz: [740, 988], ms: 240, level: 0.35 },
    { hz: [], ms: 1100 },
  ],
  outgoing: [{ hz: [659], ms: 90, level: 0.2 }],
  disconnect: [
    { hz: [659], ms: 90, level: 0.2 },
    { hz: [440], ms: 140, level: 0.2 },
  ],
  ...Object.fromEntries(KEYS.map((key) => [`dtmf${key}`, dtmf(key)])),
};

function samplesOf({ hz, ms, level = 0, fades = false }: Stretch): number[] {
  const count = Math.round((SAMPLE_RATE * ms) / 1000);
  // 8 ms ramps: a tone that starts or stops at full swing clicks.
  const ramp = SAMPLE_RATE * 0.008;
  return Array.from({ length: count }, (_, index) => {
    const fade = fades ? Math.exp((-4 * index) / count) : 1;
    const envelope = fade * Math.min(1, index / ramp, (count - index) / ramp);
    const wave = hz.reduce((sum, f) => sum + Math.sin((2 * Math.PI * f * index) / SAMPLE_RATE), 0);
    return hz.length === 0 ? 0 : (envelope * level * wave) / hz.length;
  });
}

/** 8-bit mono WAV: small, and played by every browser. */
function wav(stretches: Stretch[]): Buffer {
  const samples = stretches.flatMap(samplesOf);
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(SAMPLE_RATE, 24);
  header.writeUInt32LE(SAMPLE_RATE, 28);
  header.writeUInt16LE(1, 32);
  header.writeUInt16LE(8, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples.length, 40);
  return Buffer.concat([header, Buffer.from(samples.map((sample) => Math.round(128 + sample * 127)))]);
}

/** `dist/sounds/*.wav`, made from the table above. */
export function sounds(): Plugin {
  return {
    name: 'sounds',
    generateBundle() {
      for (const [name, stretches] of Object.entries(SOUNDS)) {
        this.emitFile({ type: 'asset', fileName: `sounds/${name}.wav`, source: wav(stretches) });
      }
    },
  };
}
