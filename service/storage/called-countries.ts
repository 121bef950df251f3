import type { Transaction } from 'kysely';
import type { CountedCall } from '../calls/dial-gate.ts';
import { preparedForRows } from './prepared.ts';
import type { Database } from './schema.ts';

const insertCountries = preparedForRows<Database['called_countries'], { country: string; first_call_id: string }>(
  (db, rows) =>
    db
      .insertInto('called_countries')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .returning(['country', 'first_call_id']),
);

/** Where the account has called. `known` are countries that this node has seen there. */
export async function noteCountries(
  trx: Transaction<Database>,
  calls: readonly CountedCall[],
  known: ReadonlySet<string>,
  at: string,
): Promise<{ country: string; first_call_id: string }[]> {
  const first = new Map<string, Database['called_countries']>();
  for (const { country, callId } of calls) {
    if (country === undefined || known.has(country) || first.has(country)) continue;
    first.set(country, { country, first_call_id: callId, first_at: at });
  }
  return insertCountries(trx, [...first.values()]);
}
