import { randomBytes } from 'node:crypto';
import { ConfigError, parseConfig, type Config } from '../service/config.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Who carries the calls: the sandbox that the demo starts itself, or the account that the environment names. */
export interface DemoPlan {
  carrier: 'sandbox' | 'account';
  /** For the sandbox, `publicUrl` and `carrierBaseUrl` are filled in once the ports are known. */
  config: Config;
}

/** One of these in the environment means that a Twilio account is wanted, and then all of them are. */
const ACCOUNT_SETTINGS = [
  'TWILIO_ACCOUNT_SID',
  'TWILIO_AUTH_TOKEN',
  'TWILIO_TWIML_APP_SID',
  'TWILIO_API_KEY',
  'TWILIO_API_SECRET',
  'TWILIO_CALLER_ID',
];

function hex(bytes: number): string {
  return randomBytes(bytes).toString('hex');
}

/** Made up anew at every start: nothing outside this process has ever heard of them. */
function sandboxSettings(): Record<string, string> {
  return {
    TWILIO_ACCOUNT_SID: `AC${hex(16)}`,
    TWILIO_AUTH_TOKEN: hex(16),
    TWILIO_TWIML_APP_SID: `AP${hex(16)}`,
    TWILIO_API_KEY: `SK${hex(16)}`,
    TWILIO_API_SECRET: hex(16),
    TWILIO_CALLER_ID: '+20224610000:خدمة العملاء:Customer care,+20224610001:المبيعات:Sales',
    TWILIO_API_BASE_URL: 'http://localhost',
    TWILIO_REGION: '',
    PUBLIC_URL: 'http://localhost',
  };
}

/** Whether a click in the page rings telephones of real people: Twilio itself, not something in its place. */
export function ringsRealPhones({ carrier, config }: DemoPlan): boolean {
  return carrier === 'account' && new URL(config.carrierBaseUrl).hostname.endsWith('.twilio.com');
}

function requireTunnel(plan: DemoPlan): DemoPlan {
  const { hostname } = new URL(plan.config.publicUrl);
  if (!ringsRealPhones(plan) || !['localhost', '127.0.0.1', '[::1]'].includes(hostname)) return plan;
  throw new ConfigError([
    'PUBLIC_URL must be an address that Twilio can reach, not this machine’s own: start a tunnel (`ngrok http 3000`) and set its https:// address.',
  ]);
}

/**
 * Decides from the environment what the demo runs on. Nothing of a Twilio account: the sandbox. A whole account: that
 * account. Half of one: throws ConfigError, which names everything that is missing.
 */
export function planDemo(environment: Environment): DemoPlan {
  const defaults = { LOG_LEVEL: 'warn', CRM_JWT_SECRET: hex(32) };
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));
  // The page signs its tokens itself, so the secret may be any that page and service share.
  const own = { AUTH_MODE: 'jwt' };
  if (ACCOUNT_SETTINGS.some((name) => name in given)) {
    return requireTunnel({ carrier: 'account', config: parseConfig({ ...defaults, ...given, ...own }) });
  }
  // On the sandbox nobody needs to be told, and whoever tries the demo wants to talk.
  const demoData = { DATABASE_URL: 'sqlite:./data/demo.db', RECORDING_ANNOUNCEMENT: 'off' };
  // Nothing costs anything there, and who tries the demo calls the same few customers again and again.
  const freely = { CALLS_PER_HOUR_NUMBER: '10000', CALLS_PER_MINUTE_AGENT: '1000' };
  const config = parseConfig({ ...defaults, ...demoData, ...freely, ...given, ...sandboxSettings(), ...own });
  return { carrier: 'sandbox', config };
}
