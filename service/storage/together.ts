import type { Transaction } from 'kysely';
import { ServiceError } from '../errors.ts';
import type { Database } from './schema.ts';
import type { Store } from './store.ts';

export interface TogetherOptions<Outcome> {
  /** Told of outcomes once they are on disk, before those who asked hear of them. */
  onCommitted?: (outcomes: readonly Outcome[]) => void;
  /** How many are worked on in one transaction at most. */
  mostTogether?: number;
  /** How many wait at most; one more is refused with `service-busy`. */
  mostWaiting?: number;
}

interface Waiting<Item, Outcome> {
  item: Item;
  resolve: (outcome: Outcome) => void;
  reject: (error: unknown) => void;
}

/**
 * Gathers what arrives until a transaction begins, and works on all of it there: the outcomes are in the order of the
 * items. What is wrong with one of them fails no other.
 */
export function together<Item, Outcome>(
  write: Store['write'],
  work: (trx: Transaction<Database>, items: readonly Item[]) => Promise<Outcome[]>,
  { onCommitted, mostTogether = 256, mostWaiting = 4096 }: TogetherOptions<Outcome> = {},
): (item: Item) => Promise<Outcome> {
  const waiting: Waiting<Item, Outcome>[] = [];
  let asked = false;

  async function workOn(take: () => readonly Waiting<Item, Outcome>[]): Promise<void> {
    let batch: readonly Waiting<Item, Outcome>[] | undefined;
    try {
      const outcomes = await write((trx) => {
        // Taken when the transaction begins: until then, more may arrive. A repeat is about the same ones.
        batch ??= take();
        return work(
          trx,
          batch.map(({ item }) => item),
        );
      });
      onCommitted?.(outcomes);
      for (const [index, outcome] of outcomes.entries()) batch![index]!.resolve(outcome);
    } catch (error) {
      batch ??= take();
      if (batch.length === 1 || error instanceof ServiceError) for (const { reject } of batch) reject(error);
      else for (const each of batch) await workOn(() => [each]);
    }
  }

  function ask(): void {
    if (asked) return;
    asked = true;
    void workOn(() => {
      const taken = waiting.splice(0, mostTogether);
      asked = false;
      if (waiting.length > 0) ask();
      return taken;
    });
  }

  return (item) => {
    if (waiting.length >= mostWaiting) {
      return Promise.reject(new ServiceError('service-busy', 'Too many are waiting to be written: try again.'));
    }
    return new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      ask();
    });
  };
}
