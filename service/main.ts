/** `npm start`: the service alone, configured by the environment and `.env`. */
import { existsSync } from 'node:fs';
import { ConfigError, parseConfig } from './config.ts';
import { stopOnSignals } from './operations/stop-on-signals.ts';
import { listen } from './server.ts';
import { createService } from './service.ts';

/** The first requests are answered before the carrier is asked anything, in milliseconds. */
const CHECK_AFTER_MS = 1000;

// What is written here (log, recordings, the sealed key) is for this user alone.
process.umask(0o077);
if (existsSync('.env')) process.loadEnvFile('.env');

try {
  const config = parseConfig(process.env);
  const service = await createService(config);
  const server = await listen(service.app, config.port, config.host);
  service.logger.info({ port: server.port, publicUrl: config.publicUrl }, 'listening');
  stopOnSignals(service, server);
  setTimeout(() => void service.checkAccount(), CHECK_AFTER_MS).unref();
} catch (error) {
  if (error instanceof ConfigError) {
    console.error(`${error.message}\n\nEvery setting is explained in .env.example.`);
  } else if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
    console.error('The port is in use: stop the other program, or set PORT to another number.');
  } else {
    console.error(error);
  }
  process.exitCode = 1;
}
