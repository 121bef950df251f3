/**
 * Asks the CRM for the JWT of the agent who is signed in: a POST with the page's cookies, answered `{"token": "…"}`.
 * Throws a sentence that names the address when the answer is anything else.
 */
export async function fetchAuthToken(url: string): Promise<string> {
  const answer = await fetch(url, { method: 'POST', credentials: 'include' });
  const body: { token?: unknown } | null = answer.ok ? await answer.json().catch(() => null) : null;
  if (typeof body?.token === 'string') return body.token;
  throw new Error(`POST ${url}: ${answer.status}, expected {"token": "…"}`);
}
