import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Hono } from 'hono';
import { authenticateAgents } from './api/authentication/crm-authentication.ts';
import { warnOfDevMode } from './api/authentication/dev.ts';
import { createMediaLinks } from './api/media-link.ts';
import type { PhonePageOptions } from './api/phone-page.ts';
import { createPhoneSessions } from './api/phone-session.ts';
import { createRequestLimits } from './api/request-limits.ts';
import { createApp } from './app.ts';
import { startBackground, type BackgroundTask } from './background.ts';
import type { AccountNumbers } from './calls/dial-gate.ts';
import type { Clock } from './calls/ports.ts';
import { createCarrierAccount } from './carrier/account.ts';
import { createAccessTokenMint } from './carrier/access-token.ts';
import { createAccountNumbers } from './carrier/account-numbers.ts';
import { createCallPrices } from './carrier/call-prices.ts';
import { createCallControl } from './carrier/call-control.ts';
import { dueWork } from './carrier/due-work.ts';
import { createReconciler } from './carrier/reconciler.ts';
import { ownMedia } from './carrier/own-media.ts';
import { recordingCopying } from './carrier/recording-copying.ts';
import { deleteRecording, recordingUpkeep } from './carrier/recording-upkeep.ts';
import { createRecordingEncryption } from './carrier/recording-encryption.ts';
import { createRecordingMedia } from './carrier/recording-media.ts';
import { consentOf, recordingTerms } from './carrier/recording-terms.ts';
import { ConfigError, type Config } from './config.ts';
import { databasePlace, databaseRemedy } from './config/log.ts';
import { crmWebhooks } from './crm/crm-webhooks.ts';
import { createDialGate } from './dial-gate.ts';
import type { AppEnv } from './environment.ts';
import { createInFlight } from './in-flight.ts';
import { createLogger, type Logger } from './logger.ts';
import { countingFeed } from './operations/counting-feed.ts';
import { countingGate } from './operations/counting-gate.ts';
import { createOperations } from './operations/operations.ts';
import { secretsOf } from './secrets.ts';
import { serviceSecretOf } from './service-secret.ts';
import { createAdmission } from './storage/admission.ts';
import { createAudit } from './storage/audit.ts';
import { createBlockList } from './storage/block-list.ts';
import { createCallLog } from './storage/call-log.ts';
import { createDeadlines } from './storage/deadlines.ts';
import { createInstallation } from './storage/installation.ts';
import { createMissedChanges } from './storage/log-changes.ts';
import { createNodesClock } from './storage/nodes-clock.ts';
import { openFeed } from './storage/open-feed.ts';
import { createOutgoingStop } from './storage/outgoing-stop.ts';
import { createPhones } from './storage/phones.ts';
import { createCopies } from './storage/recording-copies.ts';
import { createRecordingShelf } from './storage/recording-shelf.ts';
import { createRequestCounts } from './storage/request-counts.ts';
import { openStore } from './storage/store.ts';

export interface Service {
  app: Hono<AppEnv>;
  logger: Logger;
  /** Asks the carrier whether the account is as this service needs it, and writes what is not into the log. */
  checkAccount(): Promise<void>;
  /** From now on this node says that it is not ready, its event streams end, and each answer ends its connection. */
  drain(): void;
  /** Drains, lets requests in flight finish, and closes the database. Repeated calls do nothing more. */
  close(): Promise<void>;
}

export interface ServiceOptions {
  logger?: Logger;
  /** The time, whatever machine and database say. */
  clock?: Clock;
  /** This machine's own. */
  machineClock?: Clock;
  /** Where the built widget lies. */
  widgetDirectory?: string;
  /** What /phone loads and reaches besides, where something stands in for Twilio. */
  phonePage?: Partial<Pick<PhonePageOptions, 'phonePageScripts' | 'phonePageConnections'>>;
  /** How often every background task has a round, for a test that is in a hurry. */
  backgroundEveryMs?: number;
  /** Instead of asking the carrier which numbers the account has. */
  accountNumbers?: AccountNumbers | undefined;
}

const GRACE_MS = 6_000;

/** The project's root: from service/service.ts, and from dist/service/service.js as built. */
function projectRoot(): URL {
  return new URL(import.meta.url.endsWith('.ts') ? '../' : '../../', import.meta.url);
}

/** Joins the parts: storage, carrier, clock and routes. Throws ConfigError when the database cannot be opened. */
export async function createService(config: Config, options: ServiceOptions = {}): Promise<Service> {
  const secrets = secretsOf(config);
  const logger = options.logger ?? createLogger(config.logLevel, { secrets });
  const closing = new AbortController();
  const inFlight = createInFlight();
  const report = (what: string, error?: unknown) => logger.warn({ err: error }, what);
  const nodesClock = createNodesClock(options.machineClock ?? (() => new Date()), report);
  const clock = options.clock ?? nodesClock.clock;
  const operations = createOperations(clock, closing.signal);
  const onCommit = (works: number) => operations.metrics.committed(works);
  const opened = await openStore(config.databaseUrl, { report, onCommit }).catch((error: unknown) => {
    const { databaseUrl } = config;
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError([
      `DATABASE_URL names ${databasePlace(databaseUrl)}, which cannot be opened (${reason}). ${databaseRemedy(databaseUrl)}`,
    ]);
  });
  const setClock = () => nodesClock.compare(opened);
  await setClock().catch((error: unknown) => report('the database did not say what time it is', error));
  const store = operations.watch(opened);
  const onListenerError = (error: unknown) => logger.error({ err: error }, 'an event stream failed');
  const onTold = (seconds: number) => operations.metrics.told(seconds);
  const feed = await openFeed(store, { databaseUrl: config.databaseUrl, onListenerError, onTold, report, clock }).catch(
    async (error: unknown) => {
      await store.close();
      throw error;
    },
  );
  const crm = crmWebhooks(config.crmWebhook, { store, clock, logger, closing: closing.signal });
  if (crm) operations.watchOutbox(crm.outbox);
  const told = countingFeed(feed, operations.metrics);
  const log = createCallLog(store, told, {
    writeCrmEvents: crm?.write,
    onConflict: ({ kind, callSid }) => {
      operations.metrics.conflict(kind);
      logger.warn({ kind, callSid }, 'a webhook contradicts what is kept: ignored');
    },
  });
  const phones = createPhones(store, feed);
  const deadlines = createDeadlines(store);
  const installation = createInstallation(store);
  const account = createCarrierAccount({
    ...config,
    baseUrl: config.carrierBaseUrl,
    installation,
    clock,
    logger,
    onSecret: (secret) => secrets.push(secret),
    contact: operations.contact,
  });
  const control = createCallControl(account.rest);
  const serviceSecret = serviceSecretOf(config);
  const sessions = createPhoneSessions(serviceSecret, clock);
  const counts = createRequestCounts(store);
  if (config.authMode === 'dev') warnOfDevMode(logger, closing.signal);
  const numbers = options.accountNumbers ?? createAccountNumbers({ ...config, rest: account.rest, logger });
  const policy = { defaultCountry: config.defaultCountry, allowedCountries: config.allowedCountries };
  const admission = createAdmission(store, told, { ...config, clock, writeCrmEvents: crm?.write });
  const consent = consentOf(recordingTerms(config, 'outgoing'));
  const packageJson = JSON.parse(readFileSync(new URL('package.json', projectRoot()), 'utf8')) as { version: string };

  const media = createRecordingMedia({
    ...config,
    baseUrl: config.carrierBaseUrl,
    credentials: () => account.credentials(),
  });
  const copies = await createCopies(config.copies);

  const mint = createAccessTokenMint({ ...config, keys: () => account.keys(), clock });

  const audit = createAudit(store);
  const encryption = createRecordingEncryption({ rest: account.rest, log, clock, logger });
  const outgoingStop = createOutgoingStop(store);
  const app = createApp({
    ...config,
    outbox: crm?.outbox,
    log,
    numbers,
    phones,
    deadlines,
    control,
    sessions,
    audit,
    feed,
    missed: createMissedChanges(store),
    links: createMediaLinks(serviceSecret),
    encryption,
    media: ownMedia(copies, media),
    deleteRecording: (callSid, recordingSid) => deleteRecording({ log, deadlines, clock }, callSid, recordingSid),
    mint: async (agent) => {
      // Whoever gets a phone is about to call: by then they are known. After the answer, which does not wait for it.
      setImmediate(() => void numbers.known());
      return mint(agent);
    },
    authenticate: await authenticateAgents(config, sessions, clock, logger),
    limits: createRequestLimits({ ...config, counts, clock }),
    gate: countingGate(
      createDialGate({ ...config, policy, consent, admission, numbers, log, clock, logger }),
      operations.metrics,
    ),
    blockList: createBlockList(store),
    outgoingStop,
    phonePageScripts: options.phonePage?.phonePageScripts ?? [],
    phonePageConnections: options.phonePage?.phonePageConnections,
    widgetDirectory: options.widgetDirectory ?? fileURLToPath(new URL('dist', projectRoot())),
    version: packageJson.version,
    clock,
    logger,
    inFlight,
    closing: closing.signal,
    ...operations,
    readiness: operations.readiness(createOutgoingStop(opened), account),
  });
  const workDue = dueWork({ deadlines, log, control, clock, logger });
  const spendIsLimited = config.limits.agentSpendPerDay !== undefined || config.limits.spendPerDay !== undefined;
  const prices = spendIsLimited
    ? createCallPrices({ log, deadlines, rest: account.rest, admission, clock, logger })
    : undefined;
  const reconcile = createReconciler({
    log,
    deadlines,
    rest: account.rest,
    prices,
    clock,
    logger,
    longestCallSeconds: config.longestCallSeconds,
  });
  const shelf = createRecordingShelf(store);
  const recordings = { ...config, log, audit, shelf, deadlines, installation, control, media, clock, logger };
  const upkeep = recordingUpkeep({ ...recordings, copies });
  const { metrics } = operations;
  const copying = copies && recordingCopying({ ...recordings, copies, encryption, metrics, closing: closing.signal });
  const tasks: BackgroundTask[] = [
    { name: 'clock', everyMs: 10_000, work: setClock },
    { name: 'phones', everyMs: 1000, work: () => phones.sweep(clock()) },
    { name: 'due work', everyMs: 1000, work: workDue },
    { name: 'API key', everyMs: 300_000, work: () => account.prove() },
    { name: 'request counts', everyMs: 60_000, work: () => counts.sweep(clock()) },
    { name: 'reconciler', everyMs: 5000, work: reconcile },
    ...(prices ? [{ name: 'prices', everyMs: 5000, work: () => prices.round() }] : []),
    { name: 'recordings', everyMs: 5000, work: upkeep },
    ...(copying ? [{ name: 'recording copies', everyMs: 5000, work: copying }] : []),
    ...(crm?.tasks ?? []),
  ];
  const background = startBackground(
    tasks.map((task) => ({ ...task, everyMs: options.backgroundEveryMs ?? task.everyMs })),
    (error, task) => logger.error({ err: error, task }, 'a round of background work failed'),
  );

  let closed: Promise<void> | undefined;
  async function close() {
    closing.abort();
    await background.stop();
    await inFlight.settled(GRACE_MS);
    await feed.close();
    await store.close();
  }
  return {
    app,
    logger,
    checkAccount: () => account.check(),
    drain: () => closing.abort(),
    close: () => (closed ??= close()),
  };
}
