import { freshPostgres, freshSqlite, ownPostgres } from '../service-lab/databases.ts';

/** What bench-service/call-log.ts exports. */
interface CallLogBench {
  benchCallLog: (databaseUrl: string) => Promise<void>;
}

/** Budget 10 on both engines, by the measurement of the log in `file`. */
export async function benchCallLogs(file: URL): Promise<void> {
  const { benchCallLog } = (await import(file.href)) as CallLogBench;
  await benchCallLog(freshSqlite());
  const postgres = await ownPostgres();
  try {
    await benchCallLog(await freshPostgres(postgres));
  } finally {
    postgres.remove();
  }
}
