import type { Problem, ProblemCode } from './state.ts';

/** A failure that is known by a problem code; the message is for a developer. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(code: ProblemCode, message: string, carrierCode: number | null = null) {
    super(message);
    this.name = 'ProblemError';
    this.problem = Object.freeze({ code, carrierCode });
  }
}

/** What to tell the agent about anything that was thrown. */
export function problemOf(error: unknown): Problem {
  return error instanceof ProblemError ? error.problem : Object.freeze({ code: 'unknown', carrierCode: null });
}
