import { createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto';
import { validateRequest } from 'twilio/lib/webhooks/webhooks.js';

export interface SignatureOptions {
  /** Each is tried: two while the token is being rotated. */
  authTokens: readonly string[];
  /** Origins (and path prefixes) that the carrier was told, without a trailing slash; each is tried. */
  publicUrls: readonly string[];
}

/** Whether the carrier signed this form for this path and query, as they came. */
export type IsSigned = (signature: string, target: string, form: URLSearchParams) => boolean;

type Parameters = Record<string, string | string[]>;

/** Duplicate fields stay arrays, as the signature covers them; the null prototype keeps `__proto__` an ordinary name. */
function parametersOf(form: URLSearchParams): Parameters {
  const parameters = Object.create(null) as Parameters;
  for (const [name, value] of form) {
    const before = parameters[name];
    parameters[name] = before === undefined ? value : [before, value].flat();
  }
  return parameters;
}

function isValid(token: string, signature: string, url: string, parameters: Parameters): boolean {
  // HMAC takes an empty key: a signature made with it would be anybody's.
  if (token === '') return false;
  try {
    return validateRequest(token, signature, url, parameters);
  } catch {
    return false;
  }
}

/**
 * What the carrier signs of this address as it stands (Twilio: Webhooks Security); undefined for a form that names a
 * field twice.
 */
function signedText(url: string, form: URLSearchParams): string | undefined {
  const fields = new Map(form);
  if (fields.size !== form.size) return undefined;
  let text = url;
  for (const name of [...fields.keys()].sort()) text += name + fields.get(name)!;
  return text;
}

/** Of nearly every webhook this is all there is to try, at half of what Twilio's own validation takes. */
function isValidAsItStands(key: KeyObject, signature: string, url: string, form: URLSearchParams): boolean {
  const text = signedText(url, form);
  if (text === undefined) return false;
  const expected = Buffer.from(createHmac('sha1', key).update(text, 'utf8').digest('base64'), 'latin1');
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/**
 * The check of `X-Twilio-Signature` (Twilio: Webhooks Security). Twilio's own validation tries the address with and
 * without its port: calls over https are signed without one.
 */
export function createSignatureCheck({ authTokens, publicUrls }: SignatureOptions): IsSigned {
  const [token = '', publicUrl = ''] = [authTokens[0], publicUrls[0]];
  // HMAC takes an empty key: a signature made with it would be anybody's.
  const key = token !== '' && URL.canParse(publicUrl) ? createSecretKey(token, 'utf8') : undefined;
  return (signature, target, form) => {
    if (key && isValidAsItStands(key, signature, publicUrl + target, form)) return true;
    const parameters = parametersOf(form);
    // A `?` with nothing behind it is lost on some ways through a proxy, and may or may not have been signed.
    const targets = target.endsWith('?') ? [target, target.slice(0, -1)] : [target];
    return authTokens.some((each) =>
      publicUrls.some((url) => targets.some((path) => isValid(each, signature, url + path, parameters))),
    );
  };
}
