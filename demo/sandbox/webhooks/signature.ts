import { createHmac } from 'node:crypto';

const URL_PARTS = /^(https?):\/\/(?:[^@/?#]*@)?([^/?#]*)([^?#]*)(\?[^#]*)?/i;

/**
 * The form of a webhook's URL that is signed: without fragment and user info; voice webhooks lose the port over https
 * and keep it over http (Twilio: Webhooks security).
 */
export function signedUrl(url: string): string {
  const parts = URL_PARTS.exec(url);
  if (!parts) throw new Error(`"${url}" is not an http(s) address.`);
  const [, scheme = '', authority = '', path = '', query = ''] = parts;
  const host = scheme.toLowerCase() === 'https' ? authority.replace(/:\d*$/, '') : authority;
  return `${scheme}://${host}${path || '/'}${query}`;
}

/**
 * X-Twilio-Signature: HMAC-SHA1 of the URL and, for a form POST, of every field's name and value in the order of the
 * names (Twilio: Webhooks security).
 */
export function signature(authToken: string, url: string, fields: Record<string, string> = {}): string {
  const sorted = Object.keys(fields).toSorted((one, other) => (one < other ? -1 : 1));
  const text = sorted.reduce((joined, name) => joined + name + fields[name], signedUrl(url));
  return createHmac('sha1', authToken).update(text, 'utf8').digest('base64');
}
