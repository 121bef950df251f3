import type { ErrorAnswer, ErrorCode, RefusalCode } from '../service/contract.ts';
import { AuthToken } from './auth-token.ts';
import { ProblemError } from './core/problem-error.ts';
import { jwtSubject } from './jwt-claims.ts';
import type { Problem, ProblemCode } from './core/state.ts';

const ANSWER_MS = 10_000;

/** What the agent has words for: every refusal by its own code, or it does not compile; any other is the service's or our own trouble. */
const PROBLEMS: { readonly [C in RefusalCode]: C & ProblemCode } & { readonly [C in ErrorCode]?: ProblemCode } = {
  unauthenticated: 'unauthenticated',
  'number-invalid': 'number-invalid',
  'number-emergency': 'number-emergency',
  'number-short': 'number-short',
  'number-type-refused': 'number-type-refused',
  'country-refused': 'country-refused',
  'no-caller-id': 'no-caller-id',
  'caller-id-refused': 'caller-id-refused',
  'outgoing-stopped': 'outgoing-stopped',
  'agent-blocked': 'agent-blocked',
  'calls-too-many': 'calls-too-many',
  'calls-at-once': 'calls-at-once',
  'number-called-too-often': 'number-called-too-often',
  'spend-limit': 'spend-limit',
  'recording-required': 'recording-required',
  'service-busy': 'service-busy',
  'too-many-requests': 'service-busy',
  'invalid-request': 'unknown',
  'call-id-taken': 'unknown',
};

/** What the agent is told of a call that the service did not put through. */
export function problemOfRefusal(code: ErrorCode): Problem {
  return Object.freeze({ code: PROBLEMS[code] ?? 'unknown', carrierCode: null });
}

/** An answer of the service that is not 2xx, with its own code when it gave one. */
export class AnswerError extends ProblemError {
  readonly answerCode: ErrorCode | undefined;

  constructor(path: string, status: number, { code, message }: Partial<ErrorAnswer>) {
    const problem = (code && PROBLEMS[code]) ?? 'service-unreachable';
    super(problem, `${path} answered ${status}: ${message ?? 'not an answer of the service'}`);
    this.answerCode = code;
  }
}

/** Where the service is and who asks. */
export interface ServiceAddress {
  /** Origin (or base URL) of the service. */
  service: string;
  /** The CRM's JWT for the agent who is signed in. */
  getAuthToken: () => Promise<string>;
}

/** Asks the service in the agent's name; a refused auth token is replaced once. Everything rejects with a ProblemError. */
export interface ServiceAccess {
  /** The `sub` of the auth token; empty when it cannot be read here. */
  agentId: () => Promise<string>;
  /** A path of the service as an address that this page can reach. */
  addressOf: (path: string) => URL;
  request: (path: string, init?: RequestInit, signal?: AbortSignal) => Promise<Response>;
  json: <Answer>(path: string, init?: RequestInit, signal?: AbortSignal) => Promise<Answer>;
  /** With a JSON body. */
  send: <Answer>(method: 'POST' | 'PATCH' | 'PUT', path: string, body: object) => Promise<Answer>;
}

export function createServiceAccess({ service, getAuthToken }: ServiceAddress): ServiceAccess {
  const authToken = new AuthToken(getAuthToken);

  function addressOf(path: string): URL {
    try {
      return new URL(path, new URL(service.replace(/\/?$/, '/'), globalThis.document?.baseURI));
    } catch {
      throw new ProblemError('service-not-set', `"${service}" is not an address.`);
    }
  }

  async function attempt(path: string, init: RequestInit, signal: AbortSignal): Promise<Response> {
    const address = addressOf(path);
    const token = authToken.get();
    const headers = { ...init.headers, Authorization: `Bearer ${await token}` };
    try {
      const answer = await fetch(address, { ...init, headers, signal });
      if (answer.status === 401) authToken.forget(token);
      return answer;
    } catch (error) {
      throw new ProblemError('service-unreachable', `${path}: ${String(error)}`);
    }
  }

  async function request(
    path: string,
    init: RequestInit = {},
    signal = AbortSignal.timeout(ANSWER_MS),
  ): Promise<Response> {
    let answer = await attempt(path, init, signal);
    if (answer.status === 401) answer = await attempt(path, init, signal);
    if (answer.ok) return answer;
    throw new AnswerError(path, answer.status, (await answer.json().catch(() => ({}))) as Partial<ErrorAnswer>);
  }

  async function json<Answer>(path: string, init: RequestInit = {}, signal?: AbortSignal): Promise<Answer> {
    const answer = await request(path, init, signal);
    try {
      return (await answer.json()) as Answer;
    } catch {
      throw new ProblemError('service-unreachable', `${path} answered ${answer.status} without JSON.`);
    }
  }

  return {
    agentId: async () => jwtSubject(await authToken.get()),
    addressOf,
    request,
    json,
    send: (method, path, body) =>
      json(path, { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  };
}
