import type { TokenRefusal } from '../../contract.ts';
import { ServiceError } from '../../errors.ts';

/** A token that is not to be believed. The message is for the CRM's developer and says nothing of a secret. */
export class TokenRefused extends ServiceError {
  readonly reason: TokenRefusal;

  constructor(reason: TokenRefusal, message: string) {
    super('unauthenticated', message);
    this.reason = reason;
  }
}

/** Of a token that the CRM signed; `because` ends the sentence. */
export function crmTokenRefused(reason: TokenRefusal, because: string): TokenRefused {
  return new TokenRefused(reason, `The CRM's token was refused: ${because}.`);
}
