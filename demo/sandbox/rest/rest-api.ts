import { Hono } from 'hono';
import { API_VERSION } from '../switch/call-fields.ts';
import type { Parts } from '../switch/parts.ts';
import { applicationRoutes } from './application-routes.ts';
import { callRecordingRoutes } from './call-recording-routes.ts';
import { callRoutes } from './call-routes.ts';
import { credentials, type CredentialsEnv } from './credentials.ts';
import { keyRoutes } from './key-routes.ts';
import { mediaRoutes } from './media-routes.ts';
import { numberRoutes } from './number-routes.ts';
import { recordingRoutes } from './recording-routes.ts';
import { notFound } from './rest-error.ts';

export interface RestApiOptions {
  /** Where this API serves the account, in full. */
  accountUrl: string;
  /** Whether recordings' media need credentials, too: off by default at Twilio. */
  mediaAuth: boolean;
}

/** The part of Twilio's REST API (2010-04-01) that belongs to the account. */
export function restApi(parts: Parts, { accountUrl, mediaAuth }: RestApiOptions): Hono<CredentialsEnv> {
  const { account } = parts;
  const media = mediaRoutes(parts.recordings);
  const api = new Hono<CredentialsEnv>();
  if (!mediaAuth) api.route('/', media);
  api.use(credentials(account));
  if (mediaAuth) api.route('/', media);
  api
    .route('/', callRoutes(parts))
    .route('/', callRecordingRoutes(parts))
    .route('/', recordingRoutes(parts, accountUrl))
    .route('/', keyRoutes(account))
    .route('/', applicationRoutes(account))
    .route('/', numberRoutes(account));

  return new Hono<CredentialsEnv>()
    .route(`/${API_VERSION}/Accounts/${account.accountSid}`, api)
    .all(`/${API_VERSION}/*`, credentials(account), (c) => {
      throw notFound(c.req.path);
    });
}
