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
 * The check of `X-Twilio-Signature` (Twilio: Webhooks Security). Twilio's own validation tries the address with and
 * without its port: calls over https are signed without one.
 */
export function createSignatureCheck({ authTokens, publicUrls }: SignatureOptions): IsSigned {
  return (signature, target, form) => {
    const parameters = parametersOf(form);
    // A `?` with nothing behind it is lost on some ways through a proxy, and may or may not have been signed.
    const targets = target.endsWith('?') ? [target, target.slice(0, -1)] : [target];
    return authTokens.some((token) =>
      publicUrls.some((publicUrl) => targets.some((each) => isValid(token, signature, publicUrl + each, parameters))),
    );
  };
}
