/** The dialer service as this page's agent may use it. */
export interface ServiceAccess {
  /**
   * `fetch` of a path of the service with the agent's auth token; an expired or refused token is replaced once.
   * Rejects when the CRM or the service cannot be reached, or answers with an error.
   */
  fetch(path: string, options?: { signal?: AbortSignal; accept?: string }): Promise<Response>;
}

/** Thrown for an answer that is not 2xx. */
export class ServiceAnswerError extends Error {
  readonly status: number;

  constructor(path: string, status: number) {
    super(`${path} answered ${status}`);
    this.name = 'ServiceAnswerError';
    this.status = status;
  }
}

/**
 * @param authEndpoint Route of the CRM that says who the agent is (auth-token.ts).
 * @param service Origin of the service; the page's own when empty.
 */
export function createServiceAccess(authEndpoint: string, service = ''): ServiceAccess {
  let authToken: Promise<string> | undefined;

  async function requestAuthToken(): Promise<string> {
    const response = await fetch(authEndpoint, { method: 'POST' });
    if (!response.ok) throw new ServiceAnswerError(authEndpoint, response.status);
    const answer = (await response.json()) as { token: string };
    return answer.token;
  }

  async function attempt(path: string, options: { signal?: AbortSignal; accept?: string }): Promise<Response> {
    authToken ??= requestAuthToken();
    const current = authToken;
    const forget = () => {
      if (authToken === current) authToken = undefined;
    };
    const bearer = await current.catch((error: unknown) => {
      forget();
      throw error;
    });
    const response = await fetch(service + path, {
      headers: { Authorization: `Bearer ${bearer}`, Accept: options.accept ?? 'application/json' },
      ...(options.signal && { signal: options.signal }),
    });
    if (response.status === 401) forget();
    return response;
  }

  return {
    async fetch(path, options = {}) {
      let response = await attempt(path, options);
      if (response.status === 401) response = await attempt(path, options);
      if (!response.ok) throw new ServiceAnswerError(path, response.status);
      return response;
    },
  };
}
