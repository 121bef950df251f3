import { ProblemError } from '../core/problem-error.ts';

/** By then whoever waits has been told; the next one asks anew. */
const ANSWER_MS = 15_000;

/**
 * Asks the CRM for the JWT of the agent who is signed in: a POST with the page's cookies, answered `{"token": "…"}`.
 * Throws a sentence that names the address when the answer is anything else: the ProblemError `service-unreachable` when
 * the CRM is away, which is no sign-in that has run out.
 */
export async function fetchAuthToken(url: string): Promise<string> {
  const init: RequestInit = { method: 'POST', credentials: 'include', signal: AbortSignal.timeout(ANSWER_MS) };
  const answer = await fetch(url, init).catch(() => null);
  const body: { token?: unknown } | null = answer?.ok ? await answer.json().catch(() => null) : null;
  if (typeof body?.token === 'string') return body.token;
  const sentence = `POST ${url}: ${answer?.status}, expected {"token": "…"}`;
  throw answer && answer.status < 500 ? new Error(sentence) : new ProblemError('service-unreachable', sentence);
}
