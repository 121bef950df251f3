import type { ErrorAnswer, ErrorCode, RefusalCode } from '../service/contract.ts';
import { AuthToken } from './auth-token.ts';
import { ProblemError } from './core/problem-error.ts';
import { jwtSubject } from './jwt-claims.ts';
import type { Problem, ProblemCode } from './core/state.ts';

const ANSWER_MS = 10_000;

type OwnWords = ErrorCode & ProblemCode;

/** What the agent has words for by the service's own code: every refusal, or it does not compile. */
const OWN_WORDS: { readonly [C in RefusalCode]: C extends ProblemCode ? 1 : never } & { readonly [C in OwnWords]?: 1 } =
  {
    unauthenticated: 1,
    'number-invalid': 1,
    'number-emergency': 1,
    'number-short': 1,
    'number-type-refused': 1,
    'country-refused': 1,
    'no-caller-id': 1,
    'caller-id-refused': 1,
    'outgoing-stopped': 1,
    'agent-blocked': 1,
    'calls-too-many': 1,
    'calls-at-once': 1,
    'number-called-too-often': 1,
    'spend-limit': 1,
    'recording-required': 1,
    'service-busy': 1,
  };

/** Any other is the service's or our own trouble. */
const OTHER_WORDS: { readonly [C in ErrorCode]?: ProblemCode } = {
  'too-many-requests': 'service-busy',
  'invalid-request': 'unknown',
  'call-id-taken': 'unknown',
};

function problemCodeOf(code: ErrorCode): ProblemCode | undefined {
  return code in OWN_WORDS ? (code as OwnWords) : OTHER_WORDS[code];
}

/** What the agent is told of a call that the service did not put through. */
export function problemOfRefusal(code: ErrorCode): Problem {
  return Object.freeze({ code: problemCodeOf(code) ?? 'unknown', carrierCode: null });
}

/** An answer of the service that is not 2xx, with its own code when it gave one. */
export class AnswerError extends ProblemError {
  readonly answerCode: ErrorCode | undefined;

  constructor(path: string, status: number, { code, message }: Partial<ErrorAnswer>) {
    const problem = (code && problemCodeOf(code)) ?? 'service-unreachable';
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
    const token = await authToken.get();
    const headers = { ...init.headers, Authorization: `Bearer ${token}` };
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
