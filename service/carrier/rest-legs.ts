import type { z } from 'zod';
import { errorCodeOf, type RestClient } from './rest-client.ts';
import { restCall, restCalls, type RestCall } from './rest-facts.ts';

/** A resource of the carrier's REST API; undefined when it has none there. Rejects when it cannot be asked. */
export async function askFor<T>(rest: RestClient, schema: z.ZodType<T>, path: string): Promise<T | undefined> {
  const answer = await rest.request('GET', path);
  if (answer.ok) return schema.parse(await answer.json());
  const code = await errorCodeOf(answer);
  if (answer.status === 404) return undefined;
  throw new Error(`the carrier answered ${answer.status} (${code ?? 'no code'}) when asked for ${path.split('/')[0]}`);
}

/** The legs of a conversation, the parent last; undefined when the carrier knows no such call. */
export async function legsOf(rest: RestClient, callSid: string): Promise<RestCall[] | undefined> {
  const parent = await askFor(rest, restCall, `Calls/${callSid}.json`);
  if (!parent) return undefined;
  const children = await askFor(rest, restCalls, `Calls.json?ParentCallSid=${callSid}&PageSize=100`);
  return [...(children?.calls ?? []), parent];
}
