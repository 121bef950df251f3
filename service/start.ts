import { flushCompileCache } from 'node:module';
import { inspect } from 'node:util';
import { ConfigError, parseConfig } from './config.ts';
import { stopOnSignals } from './operations/stop-on-signals.ts';
import { listen } from './server.ts';
import { createService } from './service.ts';

/** The first requests are answered before the carrier is asked anything, in milliseconds. */
const CHECK_AFTER_MS = 1000;

function reasonOf(error: unknown): string {
  if (error instanceof ConfigError) return `${error.message}\n\nEvery setting is explained in .env.example.`;
  if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
    return 'The port is in use: stop the other program, or set PORT to another number.';
  }
  return inspect(error);
}

/** Serves until a signal ends it. What keeps it from starting is told on standard error, with exit code 1. */
export async function start(environment: Record<string, string | undefined>): Promise<void> {
  try {
    const config = parseConfig(environment);
    const service = await createService(config);
    const server = await listen(service.app, config.port, config.host);
    service.logger.info({ port: server.port, publicUrl: config.publicUrl }, 'listening');
    stopOnSignals(service, server);
    flushCompileCache();
    setTimeout(() => void service.checkAccount(), CHECK_AFTER_MS).unref();
  } catch (error) {
    process.stderr.write(`${reasonOf(error)}\n`);
    process.exitCode = 1;
  }
}
