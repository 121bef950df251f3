import { parseArgs } from 'node:util';
import type { SandboxOptions } from './sandbox.ts';

export const HELP = `Almasar sandbox: a carrier on this machine, for any TwiML app and any page with the Voice SDK.

  npm run sandbox -- [flags]

  --port <number>                SANDBOX_PORT            a free one unless given
  --host <address>               SANDBOX_HOST            127.0.0.1
  --account-sid <AC…>            TWILIO_ACCOUNT_SID
  --auth-token <32 hex digits>   TWILIO_AUTH_TOKEN
  --api-key <SK…>                TWILIO_API_KEY          together with its secret
  --api-secret <text>            TWILIO_API_SECRET
  --application-sid <AP…>        TWILIO_TWIML_APP_SID
  --voice-url <url>              SANDBOX_VOICE_URL       asked when a browser places a call
  --voice-fallback-url <url>     SANDBOX_VOICE_FALLBACK_URL
  --status-callback <url>        SANDBOX_STATUS_CALLBACK told when such a call has ended
  --number <+number[=url]>       SANDBOX_NUMBERS         a number of the account and its Voice URL; the flag may be
                                                         repeated, the variable has spaces between
  --media-auth                                           recordings' media need credentials
  --help

What is not given is made up. When it is ready it prints one line of JSON with addresses and credentials.
`;

/** What the flags and the environment ask for; flags win. */
export type CommandLine = { help: true } | { help: false; options: SandboxOptions };

/** Something on the command line is wrong; the message says what to do. */
export class CommandLineError extends Error {}

const text = { type: 'string' } as const;
const FLAGS = {
  port: text,
  host: text,
  'account-sid': text,
  'auth-token': text,
  'api-key': text,
  'api-secret': text,
  'application-sid': text,
  'voice-url': text,
  'voice-fallback-url': text,
  'status-callback': text,
  number: { type: 'string', multiple: true },
  'media-auth': { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

/** @throws {CommandLineError} */
export function parseCommandLine(
  args: string[],
  environment: Readonly<Record<string, string | undefined>>,
): CommandLine {
  const flags = readFlags(args);
  if (flags.help) return { help: true };
  const set = (flag: string | undefined, name: string): string | undefined => flag ?? (environment[name] || undefined);
  const url = (flag: string | undefined, name: string, what: string): string | undefined => {
    const value = set(flag, name);
    return value === undefined ? undefined : webAddress(value, what);
  };

  const port = set(flags.port, 'SANDBOX_PORT');
  const key = set(flags['api-key'], 'TWILIO_API_KEY');
  const secret = set(flags['api-secret'], 'TWILIO_API_SECRET');
  if ((key === undefined) !== (secret === undefined)) {
    throw new CommandLineError('Give --api-key and --api-secret together, or neither.');
  }
  const numbers = flags.number ?? environment['SANDBOX_NUMBERS']?.split(/\s+/).filter(Boolean);
  const options: SandboxOptions = given({
    host: set(flags.host, 'SANDBOX_HOST'),
    port: port === undefined ? undefined : portNumber(port),
    accountSid: set(flags['account-sid'], 'TWILIO_ACCOUNT_SID'),
    authToken: set(flags['auth-token'], 'TWILIO_AUTH_TOKEN'),
    apiKey: key !== undefined && secret !== undefined ? { sid: key, secret } : undefined,
    application: given({
      sid: set(flags['application-sid'], 'TWILIO_TWIML_APP_SID'),
      voiceUrl: url(flags['voice-url'], 'SANDBOX_VOICE_URL', '--voice-url'),
      voiceFallbackUrl: url(flags['voice-fallback-url'], 'SANDBOX_VOICE_FALLBACK_URL', '--voice-fallback-url'),
      statusCallback: url(flags['status-callback'], 'SANDBOX_STATUS_CALLBACK', '--status-callback'),
    }),
    numbers: numbers && numbers.length > 0 ? numbers.map(numberAndUrl) : undefined,
    mediaAuth: flags['media-auth'],
  });
  return { help: false, options };
}

type Given<Type> = { [Key in keyof Type]?: Exclude<Type[Key], undefined> };

/** The same without what is undefined. */
function given<Type extends object>(values: Type): Given<Type> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Given<Type>;
}

function readFlags(args: string[]) {
  try {
    return parseArgs({ args, options: FLAGS }).values;
  } catch (error) {
    const reason = error instanceof Error ? error.message.split(/[.\n]/)[0] : String(error);
    throw new CommandLineError(`${reason}. See --help.`);
  }
}

function portNumber(port: string): number {
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new CommandLineError(`--port must be a number from 0 to 65535; it is "${port}".`);
  }
  return Number(port);
}

function webAddress(value: string, what: string): string {
  if (!/^https?:$/.test(URL.parse(value)?.protocol ?? '')) {
    throw new CommandLineError(`${what} must be an http(s) address; it is "${value}".`);
  }
  return value;
}

function numberAndUrl(text: string): { phoneNumber: string; voiceUrl?: string } {
  const [, phoneNumber = '', voiceUrl] = /^([^=]*)(?:=(.*))?$/s.exec(text) ?? [];
  return voiceUrl === undefined ? { phoneNumber } : { phoneNumber, voiceUrl: webAddress(voiceUrl, '--number') };
}
