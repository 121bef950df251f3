import { createHmac } from 'node:crypto';
import { createAccount } from '../account.ts';

const SECRET = 'a secret';

/** An account for tests of the edge: one API key, one TwiML App. */
export const ACCOUNT = createAccount({
  accountSid: `AC${'1'.repeat(32)}`,
  apiKey: { sid: `SK${'3'.repeat(32)}`, secret: SECRET },
  application: { sid: `AP${'4'.repeat(32)}` },
});

/** What to change in a good access token. */
export interface TokenChanges {
  identity?: string;
  secret?: string;
  /** Seconds from now. */
  life?: number;
  outgoing?: string | false;
  params?: Record<string, unknown>;
  incoming?: boolean;
  header?: Record<string, unknown>;
  claims?: Record<string, unknown>;
}

/** An access token as the Voice SDK takes it (Twilio: Access Tokens); the changes make bad ones. */
export function accessToken(changes: TokenChanges = {}): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const application = changes.outgoing ?? [...ACCOUNT.applications.keys()][0];
  const voice = {
    ...(changes.incoming === false ? {} : { incoming: { allow: true } }),
    ...(application === false ? {} : { outgoing: { application_sid: application, params: changes.params } }),
  };
  const header = part({ typ: 'JWT', alg: 'HS256', cty: 'twilio-fpa;v=1', ...changes.header });
  const claims = part({
    iss: [...ACCOUNT.apiKeys.keys()][0],
    sub: ACCOUNT.accountSid,
    exp: Math.floor(Date.now() / 1000) + (changes.life ?? 600),
    grants: { identity: changes.identity ?? 'alice', voice },
    ...changes.claims,
  });
  const signature = createHmac('sha256', changes.secret ?? SECRET)
    .update(`${header}.${claims}`)
    .digest('base64url');
  return `${header}.${claims}.${signature}`;
}
