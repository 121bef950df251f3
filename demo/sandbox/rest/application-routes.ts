import { Hono } from 'hono';
import type { Account, Application } from '../ports.ts';
import { newSid } from '../sid.ts';
import { API_VERSION } from '../switch/call-fields.ts';
import type { CredentialsEnv } from './credentials.ts';
import { formOf } from './form.ts';
import { page, restTime } from './paging.ts';
import { notFound, RestError } from './rest-error.ts';

/** The form fields the sandbox keeps; Twilio has more (SMS, caller ID lookup), which do nothing here. */
const ADDRESSES = {
  VoiceUrl: 'voiceUrl',
  VoiceFallbackUrl: 'voiceFallbackUrl',
  StatusCallback: 'statusCallback',
} as const;
const METHODS = { VoiceMethod: 'voiceMethod', StatusCallbackMethod: 'statusCallbackMethod' } as const;

/** `/Applications`: list, create, fetch, update. */
export function applicationRoutes({ accountSid, applications }: Account): Hono<CredentialsEnv> {
  const started = new Date();
  const resource = (application: Application): object => applicationResource(application, accountSid, started);
  const find = (file: string): Application => {
    const application = applications.get(file.slice(0, -5));
    if (!application) throw notFound(`/${API_VERSION}/Accounts/${accountSid}/Applications/${file}`);
    return application;
  };

  return new Hono<CredentialsEnv>()
    .get('/Applications.json', (c) => {
      const name = c.req.query('FriendlyName');
      const found = [...applications.values()].filter(
        ({ friendlyName }) => name === undefined || friendlyName === name,
      );
      return c.json(page(c, 'applications', found.toReversed(), resource));
    })
    .post('/Applications.json', async (c) => {
      const application: Application = {
        sid: newSid('AP'),
        friendlyName: '',
        voiceUrl: '',
        voiceMethod: 'POST',
        voiceFallbackUrl: '',
        statusCallback: '',
        statusCallbackMethod: 'POST',
      };
      update(application, await formOf(c));
      applications.set(application.sid, application);
      return c.json(resource(application), 201);
    })
    .get('/Applications/:file{AP[0-9a-f]+\\.json}', (c) => c.json(resource(find(c.req.param('file')))))
    .post('/Applications/:file{AP[0-9a-f]+\\.json}', async (c) => {
      const application = find(c.req.param('file'));
      update(application, await formOf(c));
      return c.json(resource(application));
    });
}

/** All or nothing: a wrong value changes no other. */
function update(application: Application, form: ReadonlyMap<string, string>): void {
  const changed: Partial<Application> = {};
  for (const [field, key] of Object.entries(ADDRESSES)) {
    const url = form.get(field);
    if (url === undefined) continue;
    if (url && !/^https?:\/\/[^/]/.test(url)) throw new RestError(400, 21502, `${field} is not a valid URL`);
    changed[key] = url;
  }
  for (const [field, key] of Object.entries(METHODS)) {
    const method = form.get(field);
    if (method === undefined) continue;
    if (method !== 'GET' && method !== 'POST') throw new RestError(400, 21503, `${field} must be GET or POST`);
    changed[key] = method;
  }
  const friendlyName = form.get('FriendlyName');
  if (friendlyName !== undefined) {
    if (friendlyName.length > 64) throw new RestError(400, 20001, 'FriendlyName must have at most 64 characters');
    changed.friendlyName = friendlyName;
  }
  Object.assign(application, changed);
}

function applicationResource(application: Application, accountSid: string, time: Date): object {
  return {
    account_sid: accountSid,
    api_version: API_VERSION,
    date_created: restTime(time),
    date_updated: restTime(time),
    friendly_name: application.friendlyName,
    message_status_callback: null,
    sid: application.sid,
    sms_fallback_method: 'POST',
    sms_fallback_url: null,
    sms_method: 'POST',
    sms_status_callback: null,
    sms_url: null,
    status_callback: application.statusCallback,
    status_callback_method: application.statusCallbackMethod,
    uri: `/${API_VERSION}/Accounts/${accountSid}/Applications/${application.sid}.json`,
    voice_caller_id_lookup: false,
    voice_fallback_method: 'POST',
    voice_fallback_url: application.voiceFallbackUrl,
    voice_method: application.voiceMethod,
    voice_url: application.voiceUrl,
    public_application_connect_enabled: false,
  };
}
