import type { z } from 'zod';
import type { AppContext } from '../environment.ts';
import { ServiceError } from '../errors.ts';

/** The query of a request. A field that a form left empty asks for nothing. Throws `invalid-request`. */
export function queryOf<Schema extends z.ZodType>(c: Pick<AppContext, 'req'>, schema: Schema): z.infer<Schema> {
  const given = Object.entries(c.req.query()).filter(([name, value]) => value !== '' || name === 'limit');
  const query = schema.safeParse(Object.fromEntries(given));
  if (query.success) return query.data;
  const problems = query.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new ServiceError('invalid-request', problems.join('; '));
}
