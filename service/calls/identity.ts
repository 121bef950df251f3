const MAX_LENGTH = 121;

/**
 * The Twilio identity of a CRM user: an injective encoding of `sub` into `[A-Za-z0-9_]{1,121}` (Twilio: Voice JS SDK,
 * Device). Letters and digits stay; every other UTF-8 byte becomes `_` and two hex digits, so that `a.b` and `a_b`
 * never share a phone. Throws a RangeError for a `sub` that is empty, not Unicode text, or too long once encoded.
 */
export function identityOf(sub: string): string {
  // A lone surrogate has no UTF-8 form of its own: all of them would become the same one.
  if (!sub.isWellFormed()) throw new RangeError('A user name must be Unicode text.');
  const encoded = sub.replace(/[^A-Za-z0-9]+/g, (others) => Buffer.from(others).toString('hex').replace(/../g, '_$&'));
  if (encoded.length === 0 || encoded.length > MAX_LENGTH) {
    throw new RangeError(`A user name must encode to 1-${MAX_LENGTH} characters; this one takes ${encoded.length}.`);
  }
  return encoded;
}

/** The user that an identity was made of. */
export function subOf(identity: string): string {
  const bytes = identity.match(/_[0-9a-f]{2}|[A-Za-z0-9]/g) ?? [];
  const values = bytes.map((byte) => (byte.length === 3 ? parseInt(byte.slice(1), 16) : byte.charCodeAt(0)));
  return new TextDecoder().decode(Uint8Array.from(values));
}
