import type { Store } from './store.ts';

/** How many calls of the whole installation are in progress. */
export async function countOpenCalls({ db }: Store): Promise<number> {
  const { open } = await db
    .selectFrom('calls')
    .select((calls) => calls.fn.countAll().as('open'))
    .where('outcome', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(open);
}
