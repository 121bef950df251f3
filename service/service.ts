import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Hono } from 'hono';
import { jwtAuthentication } from './api/authentication.ts';
import { createMediaLinks } from './api/media-link.ts';
import { createApp } from './app.ts';
import type { Clock } from './calls/ports.ts';
import { createAccessTokenMint } from './carrier/access-token.ts';
import { createRecordingMedia } from './carrier/recording-media.ts';
import { ConfigError, type Config } from './config.ts';
import type { AppEnv } from './environment.ts';
import { createInFlight } from './in-flight.ts';
import { createLogger, type Logger } from './logger.ts';
import { secretsOf } from './secrets.ts';
import { createCallLog } from './storage/call-log.ts';
import { createChangeFeed } from './storage/change-feed.ts';
import { openDatabase } from './storage/database.ts';
import { createIntents } from './storage/intents.ts';

export interface Service {
  app: Hono<AppEnv>;
  logger: Logger;
  /** Ends the event streams, lets requests in flight finish, and closes the database. Repeated calls do nothing more. */
  close(): Promise<void>;
}

export interface ServiceOptions {
  logger?: Logger;
  clock?: Clock;
  /** Where the built widget lies. */
  widgetDirectory?: string;
}

const GRACE_MS = 10_000;

/** The project's root: from service/service.ts, and from dist/service/service.js as built. */
function projectRoot(): URL {
  return new URL(import.meta.url.endsWith('.ts') ? '../' : '../../', import.meta.url);
}

/** Joins the parts: storage, carrier, clock and routes. Throws ConfigError when the database cannot be opened. */
export async function createService(config: Config, options: ServiceOptions = {}): Promise<Service> {
  const logger = options.logger ?? createLogger(config.logLevel, { secrets: secretsOf(config) });
  const clock = options.clock ?? (() => new Date());
  const closing = new AbortController();
  const inFlight = createInFlight();
  const db = await openDatabase(config.databasePath).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError([
      `DATABASE_URL names ${config.databasePath}, which cannot be opened (${reason}). Name a file that this user may write and that is a database of this program.`,
    ]);
  });
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
    inFlight,
    closing: closing.signal,
  });

  let closed: Promise<void> | undefined;
  async function close() {
    closing.abort();
    await inFlight.settled(GRACE_MS);
    await db.destroy();
  }
  return { app, logger, close: () => (closed ??= close()) };
}
