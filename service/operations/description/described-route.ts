import type { z } from 'zod';
import type { ErrorCode } from '../../contract.ts';

/** Who may ask: an agent's page, the carrier, whoever has a link, an operator, anybody. */
export type Access = 'agent' | 'carrier' | 'link' | 'operator' | 'anybody';

export interface DescribedAnswer {
  text: string;
  /** Of a JSON answer. */
  schema?: z.ZodType;
  /** Of any other answer with a body. */
  contentType?: string;
}

/** One route, as its callers need to know it. The test beside openapi.ts holds this against the routes there are. */
export interface DescribedRoute {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** As the router has it, `:name` for what changes, without patterns. */
  path: string;
  tag: string;
  summary: string;
  detail?: string;
  access: Access;
  query?: z.ZodObject;
  /** JSON; a form where the carrier asks. */
  body?: z.ZodType;
  answers: Readonly<Record<number, DescribedAnswer>>;
  /** Besides those that every route of this access has. */
  errors?: readonly ErrorCode[];
}
