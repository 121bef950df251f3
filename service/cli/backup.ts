/** `npm run backup -- <file>`: a copy of the SQLite log, whole and checked, while the service goes on. */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { CommandError, requireLog, runCommand, sqliteFile } from './sqlite-file.ts';

process.umask(0o077);
if (existsSync('.env')) process.loadEnvFile('.env');

await runCommand(async () => {
  const [target] = process.argv.slice(2);
  if (target === undefined) throw new CommandError('Say where to: npm run backup -- backups/2026-11-25.db');
  if (existsSync(target)) throw new CommandError(`${target} exists: choose another name, so that no backup is lost.`);
  const source = sqliteFile(process.env['DATABASE_URL']);
  requireLog(source);
  mkdirSync(dirname(target), { recursive: true });
  // Under its name only once it is whole: a copy that was cut short never looks like a backup.
  const partial = `${target}.partial`;
  rmSync(partial, { force: true });
  const db = new DatabaseSync(source, { readOnly: true });
  await backup(db, partial);
  db.close();
  requireLog(partial);
  renameSync(partial, target);
  return `${source} was copied to ${target}.`;
});
