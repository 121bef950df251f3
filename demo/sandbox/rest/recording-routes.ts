import { Hono } from 'hono';
import { API_VERSION } from '../switch/call-fields.ts';
import type { Parts } from '../switch/parts.ts';
import type { CredentialsEnv } from './credentials.ts';
import { page } from './paging.ts';
import { recordingResource } from './recording-resource.ts';
import { notFound, RestError } from './rest-error.ts';

/** `/Recordings` without their media: list, fetch, delete. */
export function recordingRoutes({ account, recordings }: Parts, accountUrl: string): Hono<CredentialsEnv> {
  const resource = recordingResource(account.accountSid, accountUrl);
  const find = (file: string) => {
    const recording = recordings.find(file.slice(0, -5));
    if (!recording) throw notFound(`/${API_VERSION}/Accounts/${account.accountSid}/Recordings/${file}`);
    return recording;
  };

  return new Hono<CredentialsEnv>()
    .get('/Recordings.json', (c) => {
      const callSid = c.req.query('CallSid');
      const found = recordings.list().filter((each) => callSid === undefined || each.callSid === callSid);
      return c.json(page(c, 'recordings', found.toReversed(), resource));
    })
    .get('/Recordings/:file{RE[0-9a-f]+\\.json}', (c) => c.json(resource(find(c.req.param('file')))))
    .delete('/Recordings/:file{RE[0-9a-f]+\\.json}', async (c) => {
      const recording = find(c.req.param('file'));
      if (['in-progress', 'paused', 'processing'].includes(recording.status)) {
        throw new RestError(400, 20001, 'The recording is still in progress; it can be deleted when it is completed');
      }
      await recordings.delete(recording.sid);
      return c.body(null, 204);
    });
}
