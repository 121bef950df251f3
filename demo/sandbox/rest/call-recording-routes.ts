import { Hono } from 'hono';
import type { RunningRecording } from '../recordings/recording-store.ts';
import { API_VERSION } from '../switch/call-fields.ts';
import type { Parts } from '../switch/parts.ts';
import type { CredentialsEnv } from './credentials.ts';
import { formOf } from './form.ts';
import { callRecordingResource } from './recording-resource.ts';
import { notFound, RestError } from './rest-error.ts';

const CURRENT = 'Twilio.CURRENT';

/** `POST /Calls/{CallSid}/Recordings/{Sid}`: pauses, resumes or stops a recording that is being made. */
export function callRecordingRoutes({ account, recordings }: Parts): Hono<CredentialsEnv> {
  const resource = callRecordingResource(account.accountSid);

  const runningOf = (callSid: string, sid: string): RunningRecording => {
    const running = recordings.runningOf(callSid);
    const [found, other] = running.filter(({ recording }) => sid === CURRENT || recording.sid === sid);
    if (other) throw new RestError(400, 21220, 'Several recordings are in progress: name one of them');
    if (found) return found;
    if (recordings.find(sid)?.callSid === callSid) throw new RestError(400, 21220, 'The recording is not in progress');
    throw notFound(`/${API_VERSION}/Accounts/${account.accountSid}/Calls/${callSid}/Recordings/${sid}.json`);
  };

  return new Hono<CredentialsEnv>().post('/Calls/:callSid/Recordings/:file{[A-Za-z0-9.]+\\.json}', async (c) => {
    const running = runningOf(c.req.param('callSid'), c.req.param('file').slice(0, -5));
    update(running, await formOf(c));
    return c.json(resource(running.recording));
  });
}

function update(running: RunningRecording, form: ReadonlyMap<string, string>): void {
  const status = form.get('Status');
  const behavior = form.get('PauseBehavior') ?? 'silence';
  if (behavior !== 'skip' && behavior !== 'silence') {
    throw new RestError(400, 20001, `Invalid PauseBehavior '${behavior}'; use skip or silence`);
  }
  if (status === 'paused') return running.pause(behavior);
  if (status === 'in-progress') return running.resume();
  if (status === 'stopped') return running.stop();
  throw new RestError(400, 20001, `Invalid Status '${status ?? ''}'; use paused, in-progress or stopped`);
}
