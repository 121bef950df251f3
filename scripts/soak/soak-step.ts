import { freshPostgres, ownPostgres, type PostgresServer } from '../service-lab/databases.ts';

/** What a step has at hand. */
export interface Soak {
  /** In little: fewer calls, seconds instead of minutes. */
  short: boolean;
  /** A figure, and whether it is as promised. */
  check(what: string, figure: string | number, good: boolean): void;
  /** A figure that is worth knowing. */
  say(what: string, figure: string | number): void;
  /** Done when the step is over, whatever became of it. */
  atEnd(work: () => unknown): void;
  /** A PostgreSQL that the steps share. */
  postgres(): Promise<PostgresServer>;
  /** An empty database in it. */
  postgresUrl(): Promise<string>;
}

export interface Step {
  title: string;
  work: (soak: Soak) => Promise<void>;
}

interface Broken {
  step: number;
  what: string;
  figure: string;
}

export function createSoak(short: boolean) {
  const broken: Broken[] = [];
  let checks = 0;
  let server: Promise<PostgresServer> | undefined;
  const line = (word: string, what: string, figure: string | number) =>
    process.stdout.write(`  ${word.padEnd(8)}${what.padEnd(66)}${figure}\n`);

  return {
    async run(step: number, { title, work }: Step): Promise<void> {
      process.stdout.write(`\n${step}. ${title}\n`);
      const ends: (() => unknown)[] = [];
      const check: Soak['check'] = (what, figure, good) => {
        checks += 1;
        if (!good) broken.push({ step, what, figure: String(figure) });
        line(good ? 'ok' : 'BROKEN', what, figure);
      };
      const postgres = () => (server ??= ownPostgres());
      const begun = performance.now();
      try {
        await work({
          short,
          check,
          say: (what, figure) => line('', what, figure),
          atEnd: (end) => void ends.push(end),
          postgres,
          postgresUrl: async () => freshPostgres(await postgres()),
        });
      } catch (error) {
        check(
          'the step came to its end',
          error instanceof Error ? (error.stack ?? error.message) : String(error),
          false,
        );
      }
      for (const end of ends.toReversed()) await end();
      process.stdout.write(`          (${((performance.now() - begun) / 1000).toFixed(0)} s)\n`);
    },

    /** What is broken once more; whether nothing is. */
    end(): boolean {
      process.stdout.write(`\n${checks - broken.length} of ${checks} promises kept\n`);
      for (const { step, what, figure } of broken) process.stdout.write(`  BROKEN  ${step}. ${what}: ${figure}\n`);
      return broken.length === 0;
    },
  };
}
