import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { setHeader } from './answer-header.ts';
import { authentication, type Authenticate } from './api/authentication.ts';
import { underOwnNameOnly } from './api/authentication/dev.ts';
import { TokenRefused } from './api/authentication/token-refused.ts';
import { auditRoutes } from './api/audit-routes.ts';
import { bodyLimit } from './api/body-limit.ts';
import { blockedAgentsRoutes, unblockedOnly, type BlockedAgentsRoutesOptions } from './api/blocked-agents-routes.ts';
import { callLifeRoutes, type CallLifeRoutesOptions } from './api/call-life-routes.ts';
import { callRoutes, type CallRoutesOptions } from './api/call-routes.ts';
import { crmEventsRoutes, type CrmEventsRoutesOptions } from './api/crm-events-routes.ts';
import { crossOrigin } from './api/cross-origin.ts';
import { csvRoutes } from './api/csv-routes.ts';
import { eventRoutes, type EventRoutesOptions } from './api/event-routes.ts';
import { outgoingStopRoutes, type OutgoingStopRoutesOptions } from './api/outgoing-stop-routes.ts';
import { phonePage, type PhonePageOptions } from './api/phone-page.ts';
import { phoneRoutes, type PhoneRoutesOptions } from './api/phone-routes.ts';
import { recordingPauseRoutes, type RecordingPauseRoutesOptions } from './api/recording-pause-routes.ts';
import { recordingMediaRoutes, recordingRoutes, type RecordingRoutesOptions } from './api/recording-routes.ts';
import type { RequestLimits } from './api/request-limits.ts';
import { settingsRoutes, type SettingsRoutesOptions } from './api/settings-routes.ts';
import { tokenRoutes, type MintAccessToken } from './api/token-routes.ts';
import { TooManyRequests } from './api/too-many-requests.ts';
import { widgetFiles } from './api/widget-files.ts';
import type { RecordingMedia } from './calls/ports.ts';
import { carrierRoutes, type CarrierRoutesOptions } from './carrier/carrier-routes.ts';
import { lineCheckMediaRoutes } from './carrier/line-check.ts';
import type { ErrorAnswer } from './contract.ts';
import type { AppEnv } from './environment.ts';
import { ServiceError } from './errors.ts';
import type { InFlight } from './in-flight.ts';
import type { Logger } from './logger.ts';
import { descriptionRoutes } from './operations/description/description-routes.ts';
import { noneWhileDraining } from './operations/draining.ts';
import { observeRequests, type ObserveRequestsOptions } from './operations/observe-requests.ts';
import { operatorsRoutes, type OperatorsRoutesOptions } from './operations/operators-routes.ts';
import { securityHeaders } from './operations/security-headers.ts';
import { isDatabaseTrouble } from './storage/database-trouble.ts';

/** What a request failed of, when that is known: an answer of our own, or a database that is full, locked or gone. */
function refusalOf(error: Error): ServiceError | undefined {
  if (error instanceof ServiceError) return error;
  if (!isDatabaseTrouble(error)) return undefined;
  return new ServiceError('service-busy', 'The database cannot be reached at the moment: try again.', error);
}

export interface AppOptions
  extends
    BlockedAgentsRoutesOptions,
    CallRoutesOptions,
    CallLifeRoutesOptions,
    CarrierRoutesOptions,
    CrmEventsRoutesOptions,
    EventRoutesOptions,
    ObserveRequestsOptions,
    OperatorsRoutesOptions,
    OutgoingStopRoutesOptions,
    PhonePageOptions,
    PhoneRoutesOptions,
    RecordingPauseRoutesOptions,
    RecordingRoutesOptions,
    SettingsRoutesOptions {
  authenticate: Authenticate;
  limits: RequestLimits;
  mint: MintAccessToken;
  media: RecordingMedia;
  corsOrigins: readonly string[];
  widgetDirectory: string;
  logger: Logger;
  inFlight: InFlight;
}

/** What agents' browsers call, and (signed instead) the carrier. */
const AGENTS_PATHS = ['/api/calls/*', '/api/calls', '/api/calls.csv'];

/** Builds the service's routes. Reads no environment, opens no port, connects to nothing. */
export function createApp(options: AppOptions): Hono<AppEnv> {
  const { logger } = options;
  const app = new Hono<AppEnv>();

  app.use(async (c, next) => {
    const requestId = randomUUID();
    c.set('requestId', requestId);
    c.set('logger', logger.child({ requestId }));
    setHeader(c, 'X-Request-Id', requestId);
    const start = performance.now();
    const answered = options.inFlight.begin();
    try {
      await next();
    } finally {
      answered();
    }
    // Without its query, where media links carry their permission, and without the agents that it names.
    const path = c.req.path.replace(/(?<=\/blocked-agents\/).+/, ':agentId');
    c.get('logger').info(
      { method: c.req.method, path, status: c.res.status, ms: Math.round(performance.now() - start) },
      'request',
    );
  });

  app.use(securityHeaders(options.publicUrl));
  app.use(observeRequests(options));

  // First, so that a page can read the refusal of a body too.
  const corsHeaders = crossOrigin(options.corsOrigins);
  for (const path of AGENTS_PATHS) app.use(path, corsHeaders);
  app.use(bodyLimit);

  app.route('/', operatorsRoutes(options));
  app.route('/', descriptionRoutes(options));
  app.route('/', widgetFiles(options.widgetDirectory, options.version));
  app.route('/', phonePage(options));
  app.route('/api/calls', carrierRoutes(options));
  app.route('/api/calls', recordingMediaRoutes(options));
  app.route('/api/calls', lineCheckMediaRoutes(options));
  const agentsOnly = authentication(options.authenticate, options);
  for (const path of AGENTS_PATHS) {
    if (options.authMode === 'dev') app.use(path, underOwnNameOnly);
    app.use(path, agentsOnly);
    app.use(path, options.limits.perAgent);
  }
  app.use('/api/calls/token', unblockedOnly(options.blockList));
  app.route('/api/calls', tokenRoutes(options.mint));
  app.route('/api/calls', blockedAgentsRoutes(options));
  app.route('/api/calls', outgoingStopRoutes(options));
  app.use('/api/calls/events', noneWhileDraining(options.closing));
  app.route('/api/calls', eventRoutes(options));
  app.route('/api/calls', phoneRoutes(options));
  app.route('/api/calls', settingsRoutes(options));
  app.route('/api/calls', callLifeRoutes(options));
  app.route('/api/calls', recordingPauseRoutes(options));
  app.route('/api/calls', recordingRoutes(options));
  app.route('/api/calls', auditRoutes(options));
  app.route('/api/calls', crmEventsRoutes(options));
  app.route('/api', csvRoutes(options));
  app.route('/api/calls', callRoutes(options));

  app.notFound((c) => {
    const answer: ErrorAnswer = {
      code: 'not-found',
      message: 'There is no such address here.',
      requestId: c.get('requestId'),
    };
    return c.json(answer, 404);
  });

  app.onError((error, c) => {
    const known = refusalOf(error);
    if (!known || known.status >= 500) c.get('logger').error({ err: error }, 'request failed');
    const answer: ErrorAnswer = {
      code: known?.code ?? 'internal',
      message: known?.message ?? 'Something went wrong on our side: try again; the log has the details.',
      requestId: c.get('requestId'),
      ...(error instanceof TokenRefused && { reason: error.reason }),
    };
    if (error instanceof TooManyRequests) c.header('Retry-After', String(error.retryAfterSeconds));
    if (answer.code === 'unauthenticated') c.header('WWW-Authenticate', 'Bearer');
    if (answer.code === 'method-not-allowed') c.header('Allow', 'POST');
    return c.json(answer, known?.status ?? 500);
  });

  return app;
}
