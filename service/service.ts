import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Hono } from 'hono';
import { jwtAuthentication } from './api/authentication.ts';
import { createMediaLinks } from './api/media-link.ts';
import { createApp } from './app.ts';
import type { Clock } from './calls/ports.ts';
import { createAccessTokenMint } from './carrier/access-token.ts';
import { createRecordingMedia } from './carrier/recording-media.ts';
import type { Config } from './config.ts';
import type { AppEnv } from './environment.ts';
import { createLogger, type Logger } from './logger.ts';
import { createCallLog } from './storage/call-log.ts';
import { createChangeFeed } from './storage/change-feed.ts';
import { openDatabase } from './storage/database.ts';
import { createIntents } from './storage/intents.ts';

export interface Service {
  app: Hono<AppEnv>;
  logger: Logger;
  /** Ends the event streams and closes the database. */
  close(): Promise<void>;
}

export interface ServiceOptions {
  logger?: Logger;
  clock?: Clock;
  /** Where the built widget lies. */
  widgetDirectory?: string;
}

/** The project's root, from service/ and from dist/service/ alike. */
function projectRoot(): URL {
  const here = import.meta.url;
  return new URL(here.includes('/dist/service/') ? '../../' : '../', here);
}

/** Joins the parts: storage, carrier, clock and routes. Throws when the database cannot be opened. */
export async function createService(config: Config, options: ServiceOptions = {}): Promise<Service> {
  const logger = options.logger ?? createLogger(config.logLevel);
  const clock = options.clock ?? (() => new Date());
  const closing = new AbortController();
  const db = await openDatabase(config.databasePath);
  const feed = createChangeFeed((error) => logger.error({ err: error }, 'an event stream failed'));
  const packageJson = JSON.parse(readFileSync(new URL('package.json', projectRoot()), 'utf8')) as { version: string };

  const app = createApp({
    log: createCallLog(db, feed),
    intents: createIntents(db),
    feed,
    links: createMediaLinks(config.crmJwtSecret),
    media: createRecordingMedia({ ...config, baseUrl: config.carrierBaseUrl }),
    mint: createAccessTokenMint({ ...config, clock }),
    authenticate: jwtAuthentication(config.crmJwtSecret, clock),
    policy: { defaultCountry: config.defaultCountry, allowedCountries: config.allowedCountries },
    callerIds: config.callerIds,
    authTokens: config.authTokens,
    accountSid: config.accountSid,
    publicUrl: config.publicUrl,
    corsOrigins: config.corsOrigins,
    widgetDirectory: options.widgetDirectory ?? fileURLToPath(new URL('dist', projectRoot())),
    version: packageJson.version,
    clock,
    logger,
    closing: closing.signal,
  });

  return {
    app,
    logger,
    async close() {
      closing.abort();
      await db.destroy();
    },
  };
}
