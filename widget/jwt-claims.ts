/** The claims of a JWT, unchecked; none when it is not one. RFC 7519. */
function claimsOf(jwt: string): { exp?: unknown; iat?: unknown; sub?: unknown } {
  try {
    const bytes = atob((jwt.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/'));
    const text = new TextDecoder().decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)));
    return (JSON.parse(text) as object | null) ?? {};
  } catch {
    return {};
  }
}

/**
 * Milliseconds between a JWT's issue and its expiry; null if it does not say. Counted from the moment it was received,
 * this is right on a computer whose clock is wrong, where `exp` alone is not. RFC 7519 §4.1.
 */
export function jwtLife(jwt: string): number | null {
  const { exp, iat } = claimsOf(jwt);
  return typeof exp === 'number' && typeof iat === 'number' ? (exp - iat) * 1000 : null;
}

/** Whom a JWT is about: `sub`, or nothing. Good for telling agents apart, not for believing. */
export function jwtSubject(jwt: string): string {
  const { sub } = claimsOf(jwt);
  return typeof sub === 'string' ? sub : '';
}
