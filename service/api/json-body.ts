import type { z } from 'zod';
import type { AppContext } from '../environment.ts';
import { ServiceError } from '../errors.ts';

/** Reads a JSON body in the shape asked for, or throws an answer that names every field that is wrong. */
export async function jsonBody<T>(c: AppContext, schema: z.ZodType<T>): Promise<T> {
  if (!/^application\/json\b/i.test(c.req.header('content-type') ?? '')) {
    throw new ServiceError('unsupported-media-type', 'Send JSON with Content-Type: application/json.');
  }
  const text = await c.req.text();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ServiceError('invalid-request', 'The body is not JSON.');
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`);
    throw new ServiceError('invalid-request', problems.join('; '));
  }
  return parsed.data;
}
