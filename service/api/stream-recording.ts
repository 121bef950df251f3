import type { RecordingMedia } from '../calls/ports.ts';
import type { AppContext } from '../environment.ts';
import { ServiceError } from '../errors.ts';
import { rangeOf } from './byte-range.ts';

/** Answers with the audio of a recording, or the part of it that was asked for. */
export async function streamRecording(c: AppContext, media: RecordingMedia, recordingSid: string): Promise<Response> {
  // RFC 9110 §14.2: a range means something to GET only.
  const headOnly = c.req.method === 'HEAD';
  const range = headOnly ? undefined : c.req.header('range');
  const upstream = await media.open(recordingSid, range, c.req.raw.signal).catch((error: unknown) => {
    throw new ServiceError(
      'carrier-unreachable',
      'The recording could not be fetched from the carrier: try again.',
      error,
    );
  });
  if (!upstream)
    throw new ServiceError(
      'recording-not-ready',
      'The carrier does not have this recording yet: try again in a moment.',
    );
  const { status, headers, body } = rangeOf(upstream, range);
  // Nobody will read it, and unread it would hold its connection to the carrier.
  if (headOnly) await body?.cancel();
  const attachment = c.req.query('download') !== undefined;
  headers.set('Cache-Control', 'private, no-store');
  headers.set('Content-Disposition', `${attachment ? 'attachment' : 'inline'}; filename="${recordingSid}.wav"`);
  return new Response(headOnly ? null : body, { status, headers });
}
