import { ProblemError } from './core/problem-error.ts';
import { jwtLife } from './jwt-claims.ts';

/** A token that is about to run out might do so on its way. */
const MARGIN_MS = 30_000;

/** The CRM's JWT for the agent, asked for once and kept until shortly before it runs out. */
export class AuthToken {
  readonly #request: () => Promise<string>;
  #token: Promise<string> | undefined;
  #expiresAt = Infinity;

  constructor(request: () => Promise<string>) {
    this.#request = request;
  }

  /** Rejects with the ProblemError `unauthenticated`. */
  get(): Promise<string> {
    if (Date.now() > this.#expiresAt - MARGIN_MS) this.#token = undefined;
    this.#token ??= this.#ask();
    return this.#token;
  }

  /** The service did not take this answer of `get`: the next `get` asks for another. */
  forget(token: Promise<string>): void {
    if (this.#token === token) this.#token = undefined;
  }

  async #ask(): Promise<string> {
    this.#expiresAt = Infinity;
    try {
      const token = await this.#request();
      this.#expiresAt = Date.now() + (jwtLife(token) ?? Infinity);
      return token;
    } catch (error) {
      this.#expiresAt = -Infinity;
      throw new ProblemError('unauthenticated', `The page gave no auth token: ${String(error)}`);
    }
  }
}
