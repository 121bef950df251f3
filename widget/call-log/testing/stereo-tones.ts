const RATE = 8000;

/** For tests: a WAV file (PCM, 16 bits) with one tone on the left and another on the right. */
export function stereoTones(leftHz: number, rightHz: number, seconds: number): Blob {
  const frames = RATE * seconds;
  const file = new DataView(new ArrayBuffer(44 + frames * 4));
  const text = (at: number, word: string) => [...word].forEach((char, k) => file.setUint8(at + k, char.charCodeAt(0)));
  text(0, 'RIFF');
  file.setUint32(4, 36 + frames * 4, true);
  text(8, 'WAVEfmt ');
  file.setUint32(16, 16, true);
  file.setUint16(20, 1, true);
  file.setUint16(22, 2, true);
  file.setUint32(24, RATE, true);
  file.setUint32(28, RATE * 4, true);
  file.setUint16(32, 4, true);
  file.setUint16(34, 16, true);
  text(36, 'data');
  file.setUint32(40, frames * 4, true);
  for (let frame = 0; frame < frames; frame += 1) {
    const sample = (hz: number) => Math.round(Math.sin((frame / RATE) * hz * 2 * Math.PI) * 12_000);
    file.setInt16(44 + frame * 4, sample(leftHz), true);
    file.setInt16(46 + frame * 4, sample(rightHz), true);
  }
  return new Blob([file], { type: 'audio/wav' });
}
