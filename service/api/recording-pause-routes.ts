import { Hono } from 'hono';
import type { CallControl, CallLog, Clock } from '../calls/ports.ts';
import { recordingPause, type CallRecord } from '../contract.ts';
import type { AppEnv } from '../environment.ts';
import { ServiceError } from '../errors.ts';
import { auditBy } from './audit-by.ts';
import { jsonBody } from './json-body.ts';
import { ownCall, visibleCall } from './visible-call.ts';

export interface RecordingPauseRoutesOptions {
  log: CallLog;
  control: CallControl;
  clock: Clock;
}

function notRunning(): ServiceError {
  return new ServiceError('recording-not-running', 'This call is not being recorded at the moment.');
}

/** The recording of the conversation, where the carrier has told of it. Throws when there is none to pause. */
function runningRecording({ status, consent, recordings }: CallRecord): string | undefined {
  if (status === 'ended') throw new ServiceError('call-over', 'This call is over.');
  if (consent === undefined) throw new ServiceError('not-recorded', 'This call is not recorded.');
  if (status !== 'open') throw notRunning();
  const running = recordings.filter((each) => each.status === 'processing');
  return running.length === 1 ? running[0]!.recordingSid : undefined;
}

/**
 * `POST /:callId/recording`: pauses the recording of a conversation, or records on. Asked of the carrier each time,
 * whatever the log says: what it says last was done, even where the log could not keep it.
 */
export function recordingPauseRoutes({ log, control, clock }: RecordingPauseRoutesOptions) {
  return new Hono<AppEnv>().post('/:callId/recording', async (c) => {
    const agent = c.get('agent');
    const callOf = agent.role === 'agent' ? ownCall : visibleCall;
    const record = await callOf(log, agent, c.req.param('callId'));
    const { paused } = await jsonBody(c, recordingPause);
    const recordingSid = runningRecording(record);
    const callSid = (await log.legOf(record.callId))!;
    const verdict = await control.pauseRecording(callSid, recordingSid, paused).catch((error: unknown) => {
      throw new ServiceError('carrier-unreachable', 'The carrier could not be asked: try again.', error);
    });
    if (verdict === 'not-running') throw notRunning();
    const by = auditBy(c, clock);
    const note = { ...by, action: paused ? 'recording-paused' : 'recording-resumed', subject: record.callId } as const;
    await log.append({ kind: 'recording-pause', callSid, paused, firedAt: by.at }, by.at, note);
    return c.json(await log.recordOf(callSid));
  });
}
