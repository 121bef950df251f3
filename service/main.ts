/** `npm start`: the service alone, configured by the environment and `.env`. */
import { existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

// What is written here (log, recordings, the sealed key) is for this user alone.
process.umask(0o077);
if (existsSync('.env')) process.loadEnvFile('.env');
// What V8 compiles is kept beside the built program for the next start; where nothing can be written, it does without.
if (import.meta.url.endsWith('.js')) enableCompileCache(fileURLToPath(new URL('compile-cache', import.meta.url)));

const { start } = await import('./start.ts');
await start(process.env);
