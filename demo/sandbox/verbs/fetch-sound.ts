import { decodeWav } from '../media/wav.ts';
import { SAMPLE_RATE } from '../ports.ts';
import { TwimlError } from '../twiml/twiml-error.ts';

const PATIENCE_MS = 10_000;
const LARGEST = 20 * 1024 * 1024;

/**
 * The first channel of a WAV file of 8 kHz.
 * @throws {TwimlError} 11200 when it cannot be had, 12300 when it cannot be played.
 */
export async function fetchSound(url: string, signal: AbortSignal): Promise<Int16Array> {
  const bytes = await download(url, signal);
  if (!bytes) return new Int16Array();
  let wav: ReturnType<typeof decodeWav>;
  try {
    wav = decodeWav(bytes);
  } catch (error) {
    throw new TwimlError(12300, `<Play> ${url}: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (wav.sampleRate !== SAMPLE_RATE) {
    throw new TwimlError(
      12300,
      `<Play> ${url}: the sandbox plays WAV files of 8 kHz; this one has ${wav.sampleRate} Hz.`,
    );
  }
  return wav.channels[0] ?? new Int16Array();
}

async function download(url: string, signal: AbortSignal): Promise<Uint8Array | undefined> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]) });
    if (!answer.ok) throw new TwimlError(11200, `<Play> ${url} answered ${answer.status}.`);
    if (Number(answer.headers.get('content-length')) > LARGEST) {
      throw new TwimlError(12300, `<Play> ${url} is larger than 20 MB.`);
    }
    return new Uint8Array(await answer.arrayBuffer());
  } catch (error) {
    if (signal.aborted) return undefined;
    if (error instanceof TwimlError) throw error;
    throw new TwimlError(11200, `<Play> ${url} could not be reached.`);
  }
}
