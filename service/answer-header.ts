import type { HttpBindings } from '@hono/node-server';
import type { AppContext } from './environment.ts';

/** Node's own response to a request that came over HTTP. */
export function outgoingOf(c: AppContext): HttpBindings['outgoing'] | undefined {
  return (c.env as Partial<HttpBindings> | undefined)?.outgoing;
}

/**
 * Sets a header that the answer has whatever becomes of it, unless the answer brings the same. On Node's response where
 * there is one: a Headers object for each answer would take more time than all else that a small request needs.
 */
export function setHeader(c: AppContext, name: string, value: string): void {
  const outgoing = outgoingOf(c);
  if (outgoing) outgoing.setHeader(name, value);
  else c.header(name, value);
}
