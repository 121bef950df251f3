import { readFileSync } from 'node:fs';
import { SAMPLE_RATE } from '../ports.ts';
import { PHRASES, type PhraseName } from './phrases.ts';
import { concat, silence } from './tones.ts';
import { decodeWav } from './wav.ts';

const clips = new Map<PhraseName, Int16Array>();

/** A phrase in its recorded voice; 8 kHz. */
export function phrase(name: PhraseName): Int16Array {
  const loaded = clips.get(name);
  if (loaded) return loaded;
  const samples = decodeWav(readFileSync(new URL(`clips/${name}.wav`, import.meta.url))).channels[0]!;
  clips.set(name, samples);
  return samples;
}

const PHRASE_OF_TEXT = new Map(
  Object.entries(PHRASES).map(([name, { text }]) => [comparable(text), name as PhraseName]),
);

function comparable(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N} ]/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}

/** Two resonances for each vowel-like sound, in Hz: enough for a voice, not for words. */
const FORMANTS: readonly (readonly [number, number])[] = [
  [730, 1090],
  [530, 1840],
  [270, 2290],
  [570, 840],
  [300, 870],
];
const MS_PER_LETTER = 60;
const PITCH = 118;

/** How the pitch goes up and down along a sentence, in Hz: a voice that stays on one note sounds like a machine's hum. */
const MELODY = [0, 5, 9, 13, 14, 12, 8, 3, -3, -8, -12, -14, -13, -9, -5];
const letters = new Map<string, Int16Array>();

function letterSound(letter: string, position: number): Int16Array {
  const vowel = letter.codePointAt(0)! % FORMANTS.length;
  const note = position % MELODY.length;
  const known = letters.get(`${vowel} ${note}`);
  if (known) return known;
  const sound = buzz(FORMANTS[vowel]!, PITCH + MELODY[note]!);
  letters.set(`${vowel} ${note}`, sound);
  return sound;
}

/** One letter of the synthetic voice: a buzzing pitch, shaped by two resonances. */
function buzz([first, second]: readonly [number, number], pitch: number): Int16Array {
  const count = (SAMPLE_RATE * MS_PER_LETTER) / 1000;
  return Int16Array.from({ length: count }, (_, index) => {
    let sample = 0;
    for (let harmonic = 1; harmonic * pitch < SAMPLE_RATE / 2; harmonic += 1) {
      const hz = harmonic * pitch;
      const loudness = Math.exp(-(((hz - first) / 130) ** 2)) + 0.6 * Math.exp(-(((hz - second) / 180) ** 2));
      if (loudness > 0.01) sample += loudness * Math.sin((2 * Math.PI * hz * index) / SAMPLE_RATE);
    }
    return 6000 * sample * Math.sin((Math.PI * index) / count) ** 0.5;
  });
}

/**
 * Text as sound, 8 kHz: a recorded clip for a known phrase, else a synthetic voice about as long as the text, and
 * never under 400 ms.
 */
export function speak(text: string): Int16Array {
  const known = PHRASE_OF_TEXT.get(comparable(text));
  if (known) return phrase(known);
  const words = comparable(text).split(' ').filter(Boolean);
  let position = 0;
  const sounds = words.flatMap((word) => [
    ...[...word].map((letter) => letterSound(letter, (position += 1))),
    silence(MS_PER_LETTER),
  ]);
  const spoken = concat(silence(100), ...sounds);
  return concat(spoken, silence(Math.max(0, 400 - (spoken.length / SAMPLE_RATE) * 1000)));
}
