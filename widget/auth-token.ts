import { ProblemError } from './core/problem-error.ts';
import { jwtLife } from './jwt-claims.ts';

/** A token that is about to run out might do so on its way. */
const MARGIN_MS = 30_000;

/** Nobody waits longer for the page: a call that sets out in silence is worse than one that says what is wrong. */
const PATIENCE_MS = 10_000;

/** What the page still answers then counts, since it may be asking a person. After this it is asked anew. */
const GIVEN_UP_MS = 60_000;

/** The CRM's JWT for the agent, asked for once and kept until shortly before it runs out. */
export class AuthToken {
  readonly #request: () => Promise<string>;
  #token: Promise<string> | undefined;
  #given = '';
  #expiresAt = Infinity;
  /** Of all that was asked of the page, which is the newest. */
  #turn = 0;

  constructor(request: () => Promise<string>) {
    this.#request = request;
  }

  /** Rejects with the ProblemError `unauthenticated`, or `service-unreachable` when the page does not answer. */
  get(): Promise<string> {
    if (Date.now() > this.#expiresAt - MARGIN_MS) this.#token = undefined;
    const asked = (this.#token ??= this.#ask());
    return new Promise((resolve, reject) => {
      const late = new ProblemError('service-unreachable', 'The page gave no auth token in time.');
      const timer = setTimeout(reject, PATIENCE_MS, late);
      void asked.then(resolve, reject).then(() => clearTimeout(timer));
    });
  }

  /** The service did not take this one: the next `get` asks for another. */
  forget(token: string): void {
    if (this.#given !== token) return;
    this.#given = '';
    this.#token = undefined;
  }

  async #ask(): Promise<string> {
    const turn = (this.#turn += 1);
    this.#expiresAt = Date.now() + GIVEN_UP_MS + MARGIN_MS;
    try {
      const token = await this.#request();
      if (turn === this.#turn) {
        this.#expiresAt = Date.now() + (jwtLife(token) ?? Infinity);
        this.#given = token;
      }
      return token;
    } catch (error) {
      if (turn === this.#turn) this.#expiresAt = -Infinity;
      if (error instanceof ProblemError) throw error;
      throw new ProblemError('unauthenticated', `The page gave no auth token: ${String(error)}`);
    }
  }
}
