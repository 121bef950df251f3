import { ServiceError } from '../errors.ts';

/** Answered with Retry-After. */
export class TooManyRequests extends ServiceError {
  readonly retryAfterSeconds: number;

  constructor(message: string, retryAfterSeconds: number) {
    super('too-many-requests', `${message}: try again in ${retryAfterSeconds} s.`);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
