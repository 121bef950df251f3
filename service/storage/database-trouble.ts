/** What the engines add to their errors: `errcode` is SQLite's number, `code` PostgreSQL's SQLSTATE or Node's name. */
interface EngineError {
  code?: string;
  errcode?: number;
}

/** SQLite: locked (5, 6), read-only (8), interrupted (9), input/output (10), damaged (11), full (13), cannot open (14). */
const SQLITE_TROUBLE: ReadonlySet<number> = new Set([5, 6, 8, 9, 10, 11, 13, 14, 26]);
const SQLITE_LOCKED: ReadonlySet<number> = new Set([5, 6]);

/** PostgreSQL (Appendix A): 40001 could not be serialized, 40P01 deadlock, 55P03 a lock that was not to be had. */
const POSTGRES_REPEAT: ReadonlySet<string> = new Set(['40001', '40P01', '55P03']);
/** Classes 08 connection, 25006 read-only, 53 resources, 57 operator, 58 system; 40 was rolled back. */
const POSTGRES_TROUBLE = /^(?:08|53|57|58|40)[0-9A-Z]{3}$|^(?:55P03|25006|XX000)$/;
const NODE_TROUBLE = /^(?:E(?:CONN|PIPE|HOST|NET|TIMEDOUT|AI_)|ERR_(?:STREAM|SOCKET))/;
/** node-postgres names no code for a connection that is gone, or that it could not get in time. */
const CONNECTION_LOST =
  /^(?:Connection terminated|Client has encountered a connection error|timeout exceeded when trying)/;

function sqliteCode(error: unknown): number | undefined {
  const { errcode } = error as EngineError;
  // The lower byte is the kind, the rest a detail of it (SQLite: extended result codes).
  return typeof errcode === 'number' ? errcode & 0xff : undefined;
}

/** Whether the same transaction, done again, may well succeed: another one stood in its way. */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const locked = sqliteCode(error);
  if (locked !== undefined) return SQLITE_LOCKED.has(locked);
  return POSTGRES_REPEAT.has((error as EngineError).code ?? '');
}

/** Whether the database is at fault (full, read-only, locked, gone), and not what was asked of it. */
export function isDatabaseTrouble(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = sqliteCode(error);
  if (code !== undefined) return SQLITE_TROUBLE.has(code);
  const name = (error as EngineError).code ?? '';
  return POSTGRES_TROUBLE.test(name) || NODE_TROUBLE.test(name) || CONNECTION_LOST.test(error.message);
}
