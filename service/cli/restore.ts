/** `npm run restore -- <file>`: puts a backup in the place of the SQLite log, and keeps what was there. */
import { copyFileSync, existsSync, fsyncSync, mkdirSync, openSync, closeSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CommandError, requireLog, runCommand, sqliteFile } from './sqlite-file.ts';

process.umask(0o077);
if (existsSync('.env')) process.loadEnvFile('.env');

/** Throws a CommandError while another process has the log open. */
function requireNotInUse(path: string): void {
  const db = new DatabaseSync(path);
  try {
    // To leave WAL is granted to the only connection (SQLite: Write-Ahead Logging), and empties the log beside the file.
    db.exec('PRAGMA busy_timeout=500; PRAGMA journal_mode=DELETE');
  } catch {
    throw new CommandError(`${path} is in use: stop the service first.`);
  } finally {
    db.close();
  }
}

function copyDurably(from: string, to: string): void {
  copyFileSync(from, to);
  const file = openSync(to, 'r+');
  fsyncSync(file);
  closeSync(file);
}

await runCommand(async () => {
  const [source] = process.argv.slice(2);
  if (source === undefined) throw new CommandError('Say what to restore: npm run restore -- backups/2026-11-25.db');
  const target = sqliteFile(process.env['DATABASE_URL']);
  requireLog(source);
  mkdirSync(dirname(target), { recursive: true });
  const partial = `${target}.partial`;
  copyDurably(source, partial);
  let kept = '';
  if (existsSync(target)) {
    requireNotInUse(target);
    const aside = `${target}.before-restore-${new Date().toISOString().replace(/\D/g, '').slice(0, 14)}`;
    renameSync(target, aside);
    kept = ` What was there is kept in ${aside}.`;
  }
  renameSync(partial, target);
  return `${source} was restored to ${target}.${kept} Start the service again.`;
});
