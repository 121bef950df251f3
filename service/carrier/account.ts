import type { Installation } from '../calls/installation.ts';
import type { Clock } from '../calls/ports.ts';
import { ServiceError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { alone, type Held } from './alone.ts';
import { createOwnApiKey, type ApiKey } from './api-key.ts';
import type { CarrierContact } from './carrier-contact.ts';
import { createRestClient, type Credentials, type RestClient } from './rest-client.ts';
import { createTwimlApps } from './twiml-app.ts';

/** One node makes what is missing at the carrier; a node that dies in it holds up the others for this long. */
const TASK = 'carrier-account';
const LEASE_MS = 15_000;
const WAIT_MS = 20_000;
const LOOK_AGAIN_MS = 250;
/** After a failure the carrier is left alone for this long: agents' pages ask again and again. */
const COOL_DOWN_MS = 5000;

/** What tokens are signed with, and the app they call through. */
export interface AccountKeys extends ApiKey {
  applicationSid: string;
}

/** Where the API key comes from: `missing` until one could be made. */
export type ApiKeyOrigin = 'provided' | 'created' | 'missing';

export interface CarrierAccount {
  /** Rejects with a ServiceError that says what to do when the carrier makes none. */
  keys(): Promise<AccountKeys>;
  apiKeyOrigin(): ApiKeyOrigin;
  /** Whether the carrier refused the key when it last saw it. */
  apiKeyRefused(): boolean;
  rest: RestClient;
  credentials(): Promise<Credentials>;
  /** Asks the carrier whether it still takes a key of our own making: one that was deleted is replaced. */
  prove(): Promise<void>;
  /** Asks the carrier for the TwiML App, and writes into the log what does not fit PUBLIC_URL. Never rejects. */
  check(): Promise<void>;
}

export interface CarrierAccountOptions {
  baseUrl: string;
  accountSid: string;
  authTokens: readonly string[];
  apiKey: string | undefined;
  apiSecret: string | undefined;
  applicationSid: string | undefined;
  publicUrl: string;
  voiceFallbackUrl: string | undefined;
  installation: Installation;
  clock: Clock;
  logger: Logger;
  /** Learns a secret as soon as it is known, before anything could write it. */
  onSecret: (secret: string) => void;
  contact?: CarrierContact;
  /** How often the lease of the node that makes a key is renewed; a third of it when absent. */
  renewEveryMs?: number;
}

/** The account's API key and TwiML App: those of the settings, or of our own making where the settings have none. */
export function createCarrierAccount(options: CarrierAccountOptions): CarrierAccount {
  const { apiKey, apiSecret, applicationSid, installation, clock, logger, onSecret, renewEveryMs } = options;
  const own = createOwnApiKey(options);
  let known: AccountKeys | undefined;
  let asking: Promise<AccountKeys> | undefined;
  let failure: { error: unknown; until: number } | undefined;

  const provided: ApiKey | undefined = apiKey && apiSecret ? { apiKey, apiSecret } : undefined;
  let key = provided;

  async function keyed(found: ApiKey): Promise<ApiKey> {
    onSecret(found.apiSecret);
    onSecret(Buffer.from(`${found.apiKey}:${found.apiSecret}`).toString('base64'));
    return (key = found);
  }

  async function credentials(): Promise<Credentials> {
    const { apiKey, apiSecret } = key ?? (await account.keys());
    return { user: apiKey, password: apiSecret };
  }
  const plain = createRestClient({ ...options, credentials });
  const apps = createTwimlApps({ ...options, rest: plain });
  /** Keys of ours that the carrier does not have any more. */
  const gone = new Set<string>();
  let refused = false;
  let believeUntil = 0;
  let replacing: Promise<boolean> | undefined;

  /** Makes another key where the carrier has this one no more; false when it was refused for another reason. */
  async function replace(sid: string): Promise<boolean> {
    if (key?.apiKey !== sid) return true;
    if (performance.now() < believeUntil) return false;
    if (await own.exists(sid)) {
      believeUntil = performance.now() + COOL_DOWN_MS;
      return false;
    }
    logger.error({ apiKey: sid }, 'the API key was deleted at the carrier: another takes its place');
    gone.add(sid);
    key = undefined;
    known = undefined;
    await account.keys();
    return true;
  }

  /** What the carrier refuses for the sake of a key that was deleted there is asked again with another. */
  const rest: RestClient = {
    async request(...question) {
      const { user } = await credentials();
      const answer = await plain.request(...question);
      refused = answer.status === 401;
      if (!refused || provided) return answer;
      replacing ??= replace(user)
        .catch((error: unknown) => {
          logger.error({ err: error }, 'no other API key could be had');
          return false;
        })
        .finally(() => (replacing = undefined));
      if (!(await replacing)) return answer;
      await answer.body?.cancel();
      const again = await plain.request(...question);
      refused = again.status === 401;
      return again;
    },
  };

  async function ownKey(): Promise<ApiKey | undefined> {
    const found = await own.kept();
    return found && gone.has(found.apiKey) ? undefined : found;
  }

  async function kept(): Promise<Partial<AccountKeys>> {
    return {
      ...(provided ?? (await ownKey())),
      applicationSid: applicationSid ?? (await apps.kept()),
    } as Partial<AccountKeys>;
  }

  const isWhole = (found: Partial<AccountKeys>): found is AccountKeys =>
    found.apiKey !== undefined && found.applicationSid !== undefined;

  /** Under the lease; undefined when it was lost. */
  async function makeMissing(held: Held): Promise<AccountKeys | undefined> {
    // Another node may have finished between the look and the lease.
    const now = await kept();
    const made = now.apiKey !== undefined ? (now as ApiKey) : await own.make(held);
    if (!made) return undefined;
    await keyed(made);
    const sid = now.applicationSid ?? (await apps.make(held));
    return sid === undefined ? undefined : { ...made, applicationSid: sid };
  }

  async function find(): Promise<AccountKeys> {
    const deadline = performance.now() + WAIT_MS;
    for (;;) {
      const found = await kept();
      if (isWhole(found)) {
        await keyed(found);
        return found;
      }
      const task = await alone({ installation, clock, leaseMs: LEASE_MS, renewEveryMs }, TASK, makeMissing);
      if (task?.done) return task.done;
      if (performance.now() > deadline) {
        throw new ServiceError('service-busy', 'The API key is being made by another node: try again in a moment.');
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    }
  }

  const account: CarrierAccount = {
    rest,
    credentials,
    apiKeyRefused: () => refused,
    apiKeyOrigin: () => (provided ? 'provided' : key ? 'created' : 'missing'),

    async keys() {
      if (known) return known;
      if (failure && performance.now() < failure.until) throw failure.error;
      asking ??= find()
        .then((found) => (known = found))
        .catch((error: unknown) => {
          failure = { error, until: performance.now() + COOL_DOWN_MS };
          throw error;
        })
        .finally(() => (asking = undefined));
      return asking;
    },

    async prove() {
      if (provided) return;
      const { applicationSid: sid } = await account.keys();
      const answer = await rest.request('GET', `Applications/${sid}.json`);
      await answer.body?.cancel();
    },

    async check() {
      try {
        const { applicationSid: sid } = await account.keys();
        const { failing, risky } = await createTwimlApps({ ...options, rest }).check(sid, applicationSid === undefined);
        if (failing.length > 0)
          logger.warn(
            { applicationSid: sid, drift: failing },
            'the TwiML App does not fit PUBLIC_URL: calls will fail',
          );
        if (risky.length > 0)
          logger.warn(
            { applicationSid: sid, drift: risky },
            'the TwiML App is not prepared for an error of this service',
          );
      } catch (error) {
        logger.error({ err: error }, 'the Twilio account could not be checked');
      }
    },
  };
  return account;
}
