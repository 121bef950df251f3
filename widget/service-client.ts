import type { CallRecord, DialAnswer, DialRequest, ErrorAnswer, ErrorCode, TokenAnswer } from '../service/contract.ts';
import { AuthToken } from './auth-token.ts';
import type { DialerSettings } from './core/dialer.ts';
import { ProblemError } from './core/problem-error.ts';
import type { ProblemCode } from './core/state.ts';
import { readEventStream } from './event-stream.ts';

const ANSWER_MS = 10_000;

/** The service sends a comment every 15 s; after three of them missing, the connection is dead. */
const SILENCE_MS = 45_000;
const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 15_000;

/** Refusals that the agent has words for; any other is the service's or our own trouble. */
const PROBLEMS: { readonly [C in ErrorCode]?: ProblemCode } = {
  unauthenticated: 'unauthenticated',
  'number-invalid': 'number-invalid',
  'number-emergency': 'number-emergency',
  'number-short': 'number-short',
  'number-type-refused': 'number-type-refused',
  'country-refused': 'country-refused',
  'invalid-request': 'unknown',
  'call-id-taken': 'unknown',
};

export interface CallListener {
  onCall: (record: CallRecord) => void;
  /** The stream is open; what happened before was not heard. */
  onOpen: () => void;
}

/** The service's API for an agent. Everything rejects with a ProblemError. */
export interface ServiceClient {
  requestAccessToken: () => Promise<TokenAnswer>;
  requestDial: (request: DialRequest) => Promise<DialAnswer>;
  /** Undefined while the carrier has not asked for the call. */
  getCall: (callId: string) => Promise<CallRecord | undefined>;
  /** This agent's calls as they change, across lost connections, until the returned function is called. */
  watchCalls: (listener: CallListener) => () => void;
}

class AnswerError extends ProblemError {
  readonly answerCode: ErrorCode | undefined;

  constructor(path: string, status: number, { code, message }: Partial<ErrorAnswer>) {
    const problem = (code && PROBLEMS[code]) ?? 'service-unreachable';
    super(problem, `${path} answered ${status}: ${message ?? 'not an answer of the service'}`);
    this.answerCode = code;
  }
}

/** Resolves after a time, or at once when there is nothing to wait for any more. */
function pause(ms: number, closing: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      closing.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    closing.addEventListener('abort', done);
  });
}

export function createServiceClient({ service, getAuthToken }: Omit<DialerSettings, 'defaultCountry'>): ServiceClient {
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

  async function request(path: string, init: RequestInit, signal = AbortSignal.timeout(ANSWER_MS)): Promise<Response> {
    let answer = await attempt(path, init, signal);
    if (answer.status === 401) answer = await attempt(path, init, signal);
    if (answer.ok) return answer;
    throw new AnswerError(path, answer.status, (await answer.json().catch(() => ({}))) as Partial<ErrorAnswer>);
  }

  async function json<Answer>(path: string, init: RequestInit = {}): Promise<Answer> {
    const answer = await request(path, init);
    try {
      return (await answer.json()) as Answer;
    } catch {
      throw new ProblemError('service-unreachable', `${path} answered ${answer.status} without JSON.`);
    }
  }

  const post = <Answer>(path: string, body: object) =>
    json<Answer>(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });

  /** One connection, until it ends or breaks; true if it was open at all. */
  async function listenOnce({ onCall, onOpen }: CallListener, closing: AbortSignal): Promise<boolean> {
    const silence = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const alive = () => {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENCE_MS);
    };
    let open = false;
    try {
      alive();
      const init = { headers: { Accept: 'text/event-stream' } };
      const { body } = await request('api/calls/events', init, AbortSignal.any([closing, silence.signal]));
      if (!body) return false;
      open = true;
      onOpen();
      for await (const { event, data } of readEventStream(body, alive)) {
        if (!closing.aborted && event === 'call') onCall(JSON.parse(data) as CallRecord);
      }
    } catch {
      // Whatever broke it, the remedy is the next connection.
    } finally {
      clearTimeout(timer);
    }
    return open;
  }

  async function listen(listener: CallListener, closing: AbortSignal): Promise<void> {
    for (let wait = FIRST_RETRY_MS; !closing.aborted; wait = Math.min(wait * 2, LAST_RETRY_MS)) {
      if (await listenOnce(listener, closing)) wait = FIRST_RETRY_MS;
      if (closing.aborted) return;
      // Not all agents of a service that comes back at once.
      await pause(wait * (0.5 + Math.random()), closing);
    }
  }

  return {
    requestAccessToken: () => post('api/calls/token', {}),
    requestDial: (request) => post('api/calls', request),
    async getCall(callId) {
      try {
        return await json<CallRecord>(`api/calls/${callId}`);
      } catch (error) {
        if (error instanceof AnswerError && error.answerCode === 'not-found') return undefined;
        throw error;
      }
    },
    watchCalls(listener) {
      const closing = new AbortController();
      void listen(listener, closing.signal);
      return () => closing.abort();
    },
  };
}
