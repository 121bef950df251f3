/**
 * Milliseconds between a JWT's issue and its expiry; null if it does not say. Counted from the moment it was received,
 * this is right on a computer whose clock is wrong, where `exp` alone is not. RFC 7519 §4.1.
 */
export function jwtLife(jwt: string): number | null {
  try {
    const payload: unknown = JSON.parse(atob((jwt.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/')));
    const { exp, iat } = payload as { exp?: unknown; iat?: unknown };
    return typeof exp === 'number' && typeof iat === 'number' ? (exp - iat) * 1000 : null;
  } catch {
    return null;
  }
}
