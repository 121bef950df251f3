/** Some nine hours of two sides: more is no conversation, and no disk of ours is filled with it. */
export const MOST_AUDIO_BYTES = 2 ** 30;

/** The audio of an answer, piece by piece. Throws when it has not the length that was promised, or is longer than `mostBytes`. */
export async function* wholeAudio(
  { headers, body }: Response,
  mostBytes: number = MOST_AUDIO_BYTES,
): AsyncGenerator<Uint8Array> {
  const promised = headers.get('content-length');
  if (Number(promised) > mostBytes) {
    await body?.cancel();
    throw new Error(`it has ${promised} bytes, and ${mostBytes} are allowed`);
  }
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > mostBytes) throw new Error(`it has more than the ${mostBytes} bytes that are allowed`);
    yield chunk;
  }
  if (promised !== null && Number(promised) !== bytes) throw new Error(`it has ${bytes} bytes, not ${promised}`);
}
