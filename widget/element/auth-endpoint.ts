/**
 * Asks the CRM for the JWT of the agent who is signed in: a POST with the page's cookies, answered `{"token": "…"}`.
 * Throws a sentence that names the address when the answer is anything else.
 */
export async function fetchAuthToken(url: string): Promise<string> {
  const answer = await fetch(url, {
    method: 'POST',
    credentials: 'include',
    headers: { accept: 'application/json' },
  });
  const body: unknown = await answer.json().catch(() => null);
  const token = answer.ok && typeof body === 'object' && body && 'token' in body ? body.token : null;
  if (typeof token !== 'string') throw new Error(`POST ${url}: ${answer.status}, expected {"token": "…"}`);
  return token;
}
