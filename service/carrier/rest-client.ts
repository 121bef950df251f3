import type { CarrierContact } from './carrier-contact.ts';

const ANSWER_WITHIN_MS = 10_000;

/** Who asks, as HTTP Basic authentication has it: an API key with its secret, or the account with its auth token. */
export interface Credentials {
  user: string;
  password: string;
}

export interface RestClientOptions {
  /** `https://api.twilio.com`, without a trailing slash. */
  baseUrl: string;
  accountSid: string;
  credentials: () => Credentials | Promise<Credentials>;
  /** Is told how each request went. */
  contact?: CarrierContact;
}

/** The carrier's REST API of one account (Twilio: 2010-04-01). Rejects when it cannot be reached within ten seconds. */
export interface RestClient {
  /** `path` is that below the account: `Calls/CA….json`. A form is sent as Twilio reads it. */
  request(method: 'GET' | 'POST' | 'DELETE', path: string, form?: Record<string, string>): Promise<Response>;
}

export function authorizationOf({ user, password }: Credentials): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

export function createRestClient({ baseUrl, accountSid, credentials, contact }: RestClientOptions): RestClient {
  return {
    async request(method, path, form) {
      const authorization = authorizationOf(await credentials());
      const start = performance.now();
      try {
        const response = await fetch(`${baseUrl}/2010-04-01/Accounts/${accountSid}/${path}`, {
          method,
          headers: { Authorization: authorization },
          ...(form && { body: new URLSearchParams(form) }),
          signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
          redirect: 'error',
        });
        contact?.answered(response, (performance.now() - start) / 1000);
        return response;
      } catch (error) {
        contact?.failed(error, (performance.now() - start) / 1000);
        throw error;
      }
    },
  };
}

/** Twilio's number for what went wrong, of an answer that is not 2xx. */
export async function errorCodeOf(response: Response): Promise<number | undefined> {
  const body = (await response.json().catch(() => undefined)) as { code?: unknown } | undefined;
  return typeof body?.code === 'number' ? body.code : undefined;
}
