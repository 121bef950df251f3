import type { Context } from 'hono';

/** The fields of a form POST; one that comes twice counts with its last value. */
export async function formOf(c: Context): Promise<Map<string, string>> {
  return new Map(new URLSearchParams(await c.req.text()));
}
