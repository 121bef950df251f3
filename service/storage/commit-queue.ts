import { setTimeout as delay } from 'node:timers/promises';
import { CompiledQuery, type Transaction } from 'kysely';
import { ServiceError } from '../errors.ts';
import { isDatabaseTrouble, isTransient } from './database-trouble.ts';
import type { Database } from './schema.ts';

type Trx = Transaction<Database>;

/** Does a work in a transaction of its own and resolves once that is committed: Kysely's `transaction().execute`. */
export type InTransaction = <T>(work: (trx: Trx) => Promise<T>) => Promise<T>;

export interface CommitQueueOptions {
  /** How many works share a commit at most. */
  mostTogether?: number;
  /** How many works wait at most; one more is refused at once, so that memory stays bounded. */
  mostWaiting?: number;
  /** How long a batch is repeated that another transaction stands in the way of, in milliseconds. */
  patienceMs?: number;
  /** Comes first in a transaction that works share, each of which locks what it changes when its turn comes. */
  beforeShared?: ((trx: Trx) => Promise<void>) | undefined;
  /** Told of every commit how many works shared it. */
  onCommit?: (works: number) => void;
}

export interface CommitQueue {
  /**
   * Resolves with what the work returns once it is durable. Rejects with the work's own error, which undoes that work
   * alone, or with `service-busy` when the queue is full, the database fails or the commit does.
   */
  write: <T>(work: (trx: Trx) => Promise<T>) => Promise<T>;
  /** How many works wait, besides those whose commit is under way. */
  waiting(): number;
}

interface Job {
  work: (trx: Trx) => Promise<unknown>;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
}

type Outcome = { value: unknown } | { error: unknown };

const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 200;

const SAVEPOINT = CompiledQuery.raw('savepoint work');
const RELEASE = CompiledQuery.raw('release savepoint work');
const UNDO = CompiledQuery.raw('rollback to savepoint work');

function busy(cause: unknown): ServiceError {
  return new ServiceError('service-busy', 'The database cannot be written to at the moment: try again.', cause);
}

/** One work of several in a transaction: when it throws, what it did is undone and nothing else. */
async function apart(trx: Trx, { work }: Job): Promise<Outcome> {
  await trx.executeQuery(SAVEPOINT);
  try {
    const value = await work(trx);
    await trx.executeQuery(RELEASE);
    return { value };
  } catch (error) {
    // Both mean the whole transaction; the savepoint may not even be there any more.
    if (isTransient(error) || isDatabaseTrouble(error)) throw error;
    await trx.executeQuery(UNDO);
    await trx.executeQuery(RELEASE);
    return { error };
  }
}

/**
 * Group commit: whoever waits while a commit is under way shares the next one, since it is the commit that takes the
 * time (a flush to disk). Nobody waits for company: a work that comes alone is committed at once, alone.
 */
export function createCommitQueue(
  transaction: InTransaction,
  {
    mostTogether = 256,
    mostWaiting = 4096,
    patienceMs = 3000,
    beforeShared,
    onCommit = () => {},
  }: CommitQueueOptions = {},
): CommitQueue {
  const waiting: Job[] = [];
  let running = false;

  async function attempt(jobs: readonly Job[]): Promise<Outcome[]> {
    const [first] = jobs;
    if (jobs.length > 1 || !first) {
      return transaction(async (trx) => {
        await beforeShared?.(trx);
        const outcomes: Outcome[] = [];
        for (const job of jobs) outcomes.push(await apart(trx, job));
        return outcomes;
      });
    }
    let own: { error: unknown } | undefined;
    const value = transaction(async (trx) => {
      try {
        return await first.work(trx);
      } catch (error) {
        own = { error };
        throw error;
      }
    });
    return value.then(
      (value) => [{ value }],
      (error: unknown) => {
        if (!own || isTransient(own.error) || isDatabaseTrouble(own.error)) throw own ? own.error : error;
        return [own];
      },
    );
  }

  async function commit(jobs: readonly Job[]): Promise<Outcome[]> {
    const deadline = performance.now() + patienceMs;
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      try {
        return await attempt(jobs);
      } catch (error) {
        if (!isTransient(error) || performance.now() + pause > deadline) throw error;
        // Two that stood in each other's way do not meet again.
        await delay(pause * (0.5 + Math.random()));
      }
    }
  }

  async function run(): Promise<void> {
    const jobs = waiting.splice(0, mostTogether);
    try {
      const outcomes = await commit(jobs);
      onCommit(jobs.length);
      for (const [index, outcome] of outcomes.entries()) {
        if ('value' in outcome) jobs[index]!.resolve(outcome.value);
        else jobs[index]!.reject(outcome.error);
      }
    } catch (error) {
      for (const { reject } of jobs) reject(busy(error));
    }
    running = false;
    if (waiting.length > 0) start();
  }

  function start(): void {
    if (running) return;
    running = true;
    // After all that has arrived in this turn of the event loop: nobody can join a commit that is under way.
    setImmediate(() => void run());
  }

  return {
    write<T>(work: (trx: Trx) => Promise<T>): Promise<T> {
      if (waiting.length >= mostWaiting) {
        return Promise.reject(busy(new Error(`${mostWaiting} changes are waiting to be written.`)));
      }
      return new Promise<T>((resolve, reject) => {
        waiting.push({ work, resolve: resolve as (value: unknown) => void, reject });
        start();
      });
    },
    waiting: () => waiting.length,
  };
}
