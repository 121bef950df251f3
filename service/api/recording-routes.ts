import { Hono } from 'hono';
import type { Audit } from '../calls/audit.ts';
import { subOf } from '../calls/identity.ts';
import type { CallLog, Clock, RecordingMedia } from '../calls/ports.ts';
import type { RecordingEncryption } from '../calls/recordings.ts';
import type { CallRecord, RecordingLink } from '../contract.ts';
import type { AppEnv } from '../environment.ts';
import { ServiceError } from '../errors.ts';
import { auditBy } from './audit-by.ts';
import type { MediaLinks } from './media-link.ts';
import { streamRecording } from './stream-recording.ts';
import { visibleCall } from './visible-call.ts';

function completedRecording(record: CallRecord, recordingSid: string) {
  const recording = record.recordings.find((each) => each.recordingSid === recordingSid);
  if (!recording) throw new ServiceError('not-found', 'This call has no such recording.');
  if (recording.status === 'deleted') {
    throw new ServiceError('recording-deleted', 'This recording has been deleted.');
  }
  if (recording.status === 'absent') {
    const why = recording.errorCode === undefined ? '' : ` (its error ${recording.errorCode})`;
    throw new ServiceError('not-found', `The carrier made no recording of this call${why}.`);
  }
  if (recording.status !== 'completed') {
    throw new ServiceError('recording-not-ready', 'The recording is still being prepared: try again in a moment.');
  }
  return recording;
}

function encrypted(): ServiceError {
  return new ServiceError(
    'recording-encrypted',
    'The account encrypts its recordings with a key of its own: this one can be decrypted with that key only.',
  );
}

export interface RecordingRoutesOptions {
  log: CallLog;
  links: MediaLinks;
  publicUrl: string;
  clock: Clock;
  audit: Audit;
  encryption: RecordingEncryption;
  /** For good, and not to be undone by what the carrier says later. */
  deleteRecording: (callSid: string, recordingSid: string) => Promise<void>;
}

/** `GET /:callId/recordings/:sid`: a short-lived link for this agent; `DELETE` takes the recording away everywhere. */
export function recordingRoutes(options: RecordingRoutesOptions) {
  const { log, links, publicUrl, clock, audit, encryption, deleteRecording } = options;
  return new Hono<AppEnv>()
    .get('/:callId/recordings/:sid', async (c) => {
      const agent = c.get('agent');
      const record = await visibleCall(log, agent, c.req.param('callId'));
      const recording = completedRecording(record, c.req.param('sid'));
      const { recordingSid } = recording;
      const callSid = (await log.legOf(record.callId))!;
      if (recording.encrypted || (await encryption.isEncrypted(callSid, recordingSid))) throw encrypted();
      const link = { callId: record.callId, recordingSid, identity: agent.identity };
      const { query, expiresAt } = links.sign(link, clock());
      const subject = `${record.callId}/${recordingSid}`;
      await audit.add({ ...auditBy(c, clock), action: 'recording-opened', subject });
      c.header('Cache-Control', 'no-store');
      const url = `${publicUrl}/api/calls/${record.callId}/recordings/${recordingSid}/media?${query}`;
      return c.json({ url, expiresAt } satisfies RecordingLink);
    })
    .delete('/:callId/recordings/:sid', async (c) => {
      const agent = c.get('agent');
      const record = await visibleCall(log, agent, c.req.param('callId'));
      if (agent.role === 'agent') {
        throw new ServiceError('role-refused', 'Recordings are deleted by supervisors and administrators.');
      }
      const { recordingSid } = completedRecording(record, c.req.param('sid'));
      // First: nothing is deleted of which it is not known who asked for it.
      const subject = `${record.callId}/${recordingSid}`;
      await audit.add({ ...auditBy(c, clock), action: 'recording-deleted', subject });
      await deleteRecording((await log.legOf(record.callId))!, recordingSid);
      c.get('logger').info({ callId: record.callId, recordingSid }, 'recording deleted');
      return c.body(null, 204);
    });
}

export type RecordingMediaOptions = Pick<RecordingRoutesOptions, 'log' | 'links' | 'clock' | 'audit'> & {
  media: RecordingMedia;
};

/** The audio behind such a link. An `<audio>` element cannot send a header, so the link itself is the permission. */
export function recordingMediaRoutes({ log, links, media, clock, audit }: RecordingMediaOptions) {
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
    const fromStart = /^(?:bytes=0-|$)/.test(c.req.header('range') ?? '');
    if (c.req.method === 'GET' && c.req.query('download') !== undefined && fromStart) {
      const by = { agentId: subOf(identity), role: null, requestId: c.get('requestId'), at: clock().toISOString() };
      await audit.add({ ...by, action: 'recording-downloaded', subject: `${callId}/${sid}` });
    }
    return streamRecording(c, media, sid);
  });
}
