import { freshPostgres, freshSqlite, ownPostgres } from '../service-lab/databases.ts';
import { benchCallLog } from './call-log.ts';

/** Budget 10 on both engines. */
export async function benchCallLogs(): Promise<void> {
  await benchCallLog(freshSqlite());
  const postgres = await ownPostgres();
  try {
    await benchCallLog(await freshPostgres(postgres));
  } finally {
    postgres.remove();
  }
}
