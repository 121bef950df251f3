import { createHmac, createHash } from 'node:crypto';
import { signature } from '../../demo/sandbox/webhooks/signature.ts';
import { ACCOUNT } from './settings.ts';

/** One request as it goes over the wire, ready to be sent any number of times. */
export function requestBytes(method: string, path: string, headers: Record<string, string>, body = ''): Buffer {
  const length = body === '' && method === 'GET' ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
  const lines = Object.entries({ Host: '127.0.0.1', ...headers, ...length }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`);
}

export interface Claims {
  sub: string;
  role?: string;
  /** Seconds by which the CRM's clock is off. */
  clockOff?: number;
}

const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const HEADER = encoded({ alg: 'HS256', typ: 'JWT' });

/** A JWT as the CRM's back end signs it, good for nine minutes. */
export function crmToken({ sub, role, clockOff = 0 }: Claims): string {
  const now = Math.floor(Date.now() / 1000) + clockOff;
  const claims = { sub, name: sub, aud: 'almasar-dialer', iat: now, exp: now + 540, ...(role && { role }) };
  const text = `${HEADER}.${encoded(claims)}`;
  return `${text}.${createHmac('sha256', ACCOUNT.crmSecret).update(text).digest('base64url')}`;
}

/** A request of an agent's browser. */
export function agentRequest(bearer: string, method: string, path: string, body?: object): Buffer {
  const headers = {
    Authorization: `Bearer ${bearer}`,
    Origin: 'https://crm.example.com',
    ...(body && { 'Content-Type': 'application/json' }),
  };
  return requestBytes(method, path, headers, body === undefined ? '' : JSON.stringify(body));
}

export interface Form {
  path: string;
  fields: Record<string, string>;
}

/** A form as the carrier sends it, signed for PUBLIC_URL. */
export function carrierRequest({ path, fields }: Form): Buffer {
  const headers = {
    'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8',
    'User-Agent': 'TwilioProxy/1.1',
    'X-Twilio-Signature': signature(ACCOUNT.authToken, ACCOUNT.publicUrl + path, fields),
  };
  return requestBytes('POST', path, headers, new URLSearchParams(fields).toString());
}

/** A SID such as the carrier's: the same for the same words. */
export function sid(kind: 'CA' | 'RE', ...words: (string | number)[]): string {
  return kind + createHash('md5').update(words.join(' ')).digest('hex');
}
