import type { Transaction } from 'kysely';
import type { CountedCall } from '../calls/dial-gate.ts';
import { columnsOf, forEachRow } from './for-each-row.ts';
import type { Database } from './schema.ts';

const COUNTRY = { country: 'text', first_call_id: 'text', first_at: 'text' } as const;

const insertCountries = forEachRow<Database['called_countries'], { country: string; first_call_id: string }>(
  COUNTRY,
  (db, rows) =>
    db
      .insertInto('called_countries')
      .columns(columnsOf(COUNTRY))
      .expression(rows.select())
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
