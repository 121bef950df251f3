import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { Hono } from 'hono';
import { trimTrailingSlash } from 'hono/trailing-slash';
import { carrierAddresses } from '../service/carrier/carrier-addresses.ts';
import { databasePlace } from '../service/config/log.ts';
import { listen, type ListeningServer } from '../service/server.ts';
import { createService } from '../service/service.ts';
import { createCallCenter, type IncomingCallAnswer } from './call-center/call-center.ts';
import { planDemo, ringsRealPhones, type DemoPlan, type Environment } from './environment.ts';
import { createExamples } from './examples/examples.ts';
import { startSandbox, type Sandbox } from './sandbox/sandbox.ts';
import { IncomingCallRefused } from './sandbox/switch/incoming-call.ts';

export interface Demo {
  /** `http://localhost:<port>`. */
  url: string;
  /** Of the call-center page; where calls are real, with the key of this start. */
  pageUrl: string;
  plan: DemoPlan;
  /** Set when the demo runs on its own sandbox. */
  sandbox: Sandbox | undefined;
  /** Writes into the log what of the Twilio account does not fit. */
  checkAccount(): Promise<void>;
  /** Ends calls and streams, closes the database, frees the ports. */
  close(): Promise<void>;
}

/** The demo cannot start, for a reason that the sentence names together with the remedy. */
export class DemoError extends Error {
  override name = 'DemoError';
}

const PAGE_SCRIPT = new URL('../dist/demo/page.js', import.meta.url);
/** Ctrl-C is felt at once: a recording that still plays is cut. */
const GRACE_MS = 500;

async function listenOrSay(app: Hono, { config }: DemoPlan): Promise<ListeningServer> {
  try {
    return await listen(app, config.port, config.host);
  } catch (error) {
    const remedy = `Choose another port: PORT=${config.port === 3000 ? 3001 : 3000} npm run demo`;
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') throw new DemoError(`Port ${config.port} is in use by another program. ${remedy}`);
    if (code === 'EACCES') throw new DemoError(`This user may not open port ${config.port}. ${remedy}`);
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
      throw new DemoError(`HOST=${config.host} is not an address of this machine. Leave it out, or use 127.0.0.1.`);
    }
    throw error;
  }
}

/** What a Twilio console's debugger would show, and a person at the terminal should know. */
function showTrouble({ level, message }: { level: 'info' | 'warning' | 'error'; message: string }): void {
  if (level !== 'info') process.stderr.write(`Sandbox ${level}: ${message}\n`);
}

/** The sandbox, holding what the console of a Twilio account would hold for this service. */
function startCarrier({ config }: DemoPlan, publicUrl: string): Promise<Sandbox> {
  const { outbound, inbound, fallback, status } = carrierAddresses({ ...config, publicUrl });
  return startSandbox({
    host: '127.0.0.1',
    port: 0,
    accountSid: config.accountSid,
    authToken: config.authTokens[0]!,
    apiKey: { sid: config.apiKey!, secret: config.apiSecret! },
    application: {
      sid: config.applicationSid!,
      voiceUrl: outbound,
      voiceFallbackUrl: fallback,
      statusCallback: status,
    },
    numbers: config.callerIds.map((phoneNumber) => ({
      phoneNumber,
      voiceUrl: inbound,
      voiceFallbackUrl: fallback,
      statusCallback: status,
    })),
    onLog: showTrouble,
  });
}

/** A customer calls the first number of the sandbox's account. */
function callIn(sandbox: Sandbox, to: string, from: string, farEnd: string | undefined): IncomingCallAnswer {
  try {
    return { callSid: sandbox.placeIncomingCall({ from, to, ...(farEnd !== undefined && { farEnd }) }) };
  } catch (error) {
    if (error instanceof IncomingCallRefused) return { refused: error.message };
    throw error;
  }
}

/**
 * Starts the service, the call-center page, and the sandbox when the environment names no Twilio account. `PORT=0`
 * takes a free port. Throws ConfigError or DemoError with a sentence that says what to do.
 */
export async function startDemo(environment: Environment): Promise<Demo> {
  const plan = planDemo(environment);
  if (!existsSync(PAGE_SCRIPT)) throw new DemoError('The page has not been built. Run `npm run build` first.');

  // Listens before there is anything to serve: PUBLIC_URL and the sandbox's webhooks need the port.
  let app: Hono | undefined;
  const front = new Hono();
  front.all('*', (c) => app?.fetch(c.req.raw, c.env) ?? c.text('The demo is starting: reload in a moment.\n', 503));
  const server = await listenOrSay(front, plan);
  const url = `http://localhost:${server.port}`;
  const opened: { close(): Promise<void> }[] = [{ close: () => server.close(GRACE_MS) }];
  const close = async () => {
    await Promise.all(opened.map((each) => each.close()));
  };

  try {
    let { config } = plan;
    let sandbox: Sandbox | undefined;
    if (plan.carrier === 'sandbox') {
      sandbox = await startCarrier(plan, url);
      opened.push(sandbox);
      config = { ...config, publicUrl: url, publicUrls: [url], carrierBaseUrl: sandbox.url };
    }
    const phonePage = sandbox && {
      phonePageScripts: [sandbox.pageScriptUrl],
      phonePageConnections: [new URL(sandbox.signalUrl).origin],
    };
    const service = await createService(config, phonePage ? { phonePage } : {}).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      throw new DemoError(
        `The database ${databasePlace(config.databaseUrl)} cannot be opened (${reason}). Check DATABASE_URL.`,
      );
    });
    opened.push(service);
    const pageKey = ringsRealPhones(plan) ? randomBytes(16).toString('base64url') : undefined;
    const page = createCallCenter({
      crmJwtSecret: config.crmJwtSecrets[0]!,
      sandbox,
      incomingCall: sandbox && ((from, farEnd) => callIn(sandbox, config.callerIds[0]!, from, farEnd)),
      edges: config.edges,
      region: config.region,
      realPhones: pageKey === undefined ? undefined : { pageKey },
      pageScript: readFileSync(PAGE_SCRIPT, 'utf8'),
    });
    page.use(trimTrailingSlash());
    page.get('/', (c) => c.redirect('/call-center'));
    page.route('/examples', createExamples(sandbox));
    page.notFound((c) => service.app.fetch(c.req.raw, c.env));
    app = page;
    const pageUrl = `${url}/call-center${pageKey === undefined ? '' : `?key=${pageKey}`}`;
    return { url, pageUrl, plan, sandbox, checkAccount: () => service.checkAccount(), close };
  } catch (error) {
    await close();
    throw error;
  }
}
