import { Hono } from 'hono';
import type { CallLog, Clock, RecordingMedia } from '../calls/ports.ts';
import type { CallRecord, RecordingLink } from '../contract.ts';
import type { AppContext, AppEnv } from '../environment.ts';
import { ServiceError } from '../errors.ts';
import { rangeOf } from './byte-range.ts';
import type { MediaLinks } from './media-link.ts';
import { visibleCall } from './visible-call.ts';

function completedRecording(record: CallRecord, recordingSid: string) {
  const recording = record.recordings.find((each) => each.recordingSid === recordingSid);
  if (!recording) throw new ServiceError('not-found', 'This call has no such recording.');
  if (recording.status === 'absent') {
    throw new ServiceError('not-found', 'The carrier made no recording of this call.');
  }
  if (recording.status !== 'completed') {
    throw new ServiceError('recording-not-ready', 'The recording is still being prepared: try again in a moment.');
  }
  return recording;
}

/** `GET /:callId/recordings/:sid`: a short-lived link for this agent. */
export function recordingLinkRoutes(log: CallLog, links: MediaLinks, publicUrl: string, clock: Clock) {
  return new Hono<AppEnv>().get('/:callId/recordings/:sid', async (c) => {
    const agent = c.get('agent');
    const record = await visibleCall(log, agent, c.req.param('callId'));
    const { recordingSid } = completedRecording(record, c.req.param('sid'));
    const { query, expiresAt } = links.sign({ callId: record.callId, recordingSid, identity: agent.identity }, clock());
    c.header('Cache-Control', 'no-store');
    const url = `${publicUrl}/api/calls/${record.callId}/recordings/${recordingSid}/media?${query}`;
    return c.json({ url, expiresAt } satisfies RecordingLink);
  });
}

/** The audio behind such a link. An `<audio>` element cannot send a header, so the link itself is the permission. */
export function recordingMediaRoutes(log: CallLog, links: MediaLinks, media: RecordingMedia, clock: Clock) {
  return new Hono<AppEnv>().get('/:callId/recordings/:sid/media', async (c) => {
    const { callId, sid } = c.req.param();
    const { for: identity = '', expires = '', signature = '' } = c.req.query();
    const verdict = links.verify({ callId, recordingSid: sid, identity }, expires, signature, clock());
    if (verdict === 'expired')
      throw new ServiceError('link-expired', 'This link has expired: open the recording again from the log.');
    if (verdict === 'invalid')
      throw new ServiceError('link-invalid', 'This link is not valid: open the recording from the log.');
    const record = await log.get(callId, 'everybody');
    if (!record) throw new ServiceError('not-found', 'There is no such call.');
    completedRecording(record, sid);
    return streamRecording(c, media, sid);
  });
}

async function streamRecording(c: AppContext, media: RecordingMedia, recordingSid: string): Promise<Response> {
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
  return c.newResponse(headOnly ? null : body, { status, headers });
}
