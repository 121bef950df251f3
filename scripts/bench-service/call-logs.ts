import { freshPostgres, freshSqlite, ownPostgres } from '../service-lab/databases.ts';
import { say, verdict } from './report.ts';

/** As bench-service/call-log.ts has it, for one question. */
interface CallLogFigure {
  query: string;
  p50Ms: number;
  bestP99Ms: number;
  bareP99Ms: number;
  slowest: string;
}

/** What bench-service/call-log.ts exports. */
interface CallLogBench {
  benchCallLog: (databaseUrl: string, options: { report: (line: string) => void }) => Promise<CallLogFigure[]>;
}

const LIMIT_MS = { SQLite: 1, PostgreSQL: 5 };
/** Of the question that the budget names a longer time for. */
const FULL_NAME_MS = { SQLite: 10, PostgreSQL: 5 };
/** Which questions the budget names; the others are held to the same. */
const NAMED = /^(?:newest page|keyset page|an agent, |number, |name, (?!2 letters))/;
/** How many times its limit a question may take before it is a fault. */
const MOST = 40;

function judge(engine: keyof typeof LIMIT_MS, figures: readonly CallLogFigure[]): void {
  for (const { query, p50Ms, bestP99Ms, bareP99Ms, slowest } of figures) {
    const limit = (query.endsWith('a full name') ? FULL_NAME_MS : LIMIT_MS)[engine];
    verdict({
      budget: 10,
      what: `${engine}: ${query}`,
      ours: `p50 ${p50Ms.toFixed(2)} ms`,
      value: bestP99Ms,
      unit: 'ms',
      limit,
      most: MOST * limit,
      note: [
        'p99 of each question’s best of 3',
        ...(NAMED.test(query) ? [] : ['not named in the budget']),
        ...(bestP99Ms > limit ? [`a bare select 1 ${bareP99Ms.toFixed(2)} ms; slowest: ${slowest || 'any'}`] : []),
      ].join(', '),
    });
  }
}

/** Budget 10 on both engines, by the measurement of the log in `file`. */
export async function benchCallLogs(file: URL): Promise<void> {
  const { benchCallLog } = (await import(file.href)) as CallLogBench;
  judge('SQLite', await benchCallLog(freshSqlite(), { report: say }));
  // As the baselines were measured.
  const postgres = await ownPostgres({ sharedBuffers: '1GB' });
  try {
    judge('PostgreSQL', await benchCallLog(await freshPostgres(postgres), { report: say }));
  } finally {
    postgres.remove();
  }
}
