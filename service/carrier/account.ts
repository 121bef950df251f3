import type { Installation } from '../calls/installation.ts';
import type { Clock } from '../calls/ports.ts';
import { ServiceError } from '../errors.ts';
import type { Logger } from '../logger.ts';
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
  rest: RestClient;
  credentials(): Promise<Credentials>;
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
  installation: Installation;
  clock: Clock;
  logger: Logger;
  /** Learns a secret as soon as it is known, before anything could write it. */
  onSecret: (secret: string) => void;
  contact?: CarrierContact;
}

/** The account's API key and TwiML App: those of the settings, or of our own making where the settings have none. */
export function createCarrierAccount(options: CarrierAccountOptions): CarrierAccount {
  const { apiKey, apiSecret, applicationSid, installation, clock, logger, onSecret } = options;
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
  const rest = createRestClient({ ...options, credentials });
  const apps = createTwimlApps({ ...options, rest });

  async function kept(): Promise<Partial<AccountKeys>> {
    return {
      ...(provided ?? (await own.kept())),
      applicationSid: applicationSid ?? (await apps.kept()),
    } as Partial<AccountKeys>;
  }

  const isWhole = (found: Partial<AccountKeys>): found is AccountKeys =>
    found.apiKey !== undefined && found.applicationSid !== undefined;

  async function find(): Promise<AccountKeys> {
    const deadline = performance.now() + WAIT_MS;
    for (;;) {
      const found = await kept();
      if (isWhole(found)) {
        await keyed(found);
        return found;
      }
      if (await installation.lease(TASK, clock(), LEASE_MS)) {
        try {
          // Another node may have finished between the look and the lease.
          const now = await kept();
          const made = await keyed(now.apiKey !== undefined ? (now as ApiKey) : await own.make());
          return { ...made, applicationSid: now.applicationSid ?? (await apps.make()) };
        } finally {
          await installation.release(TASK);
        }
      }
      if (performance.now() > deadline) {
        throw new ServiceError('service-busy', 'The API key is being made by another node: try again in a moment.');
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    }
  }

  const account: CarrierAccount = {
    rest,
    credentials,
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

    async check() {
      try {
        const { applicationSid: sid } = await account.keys();
        const drift = await apps.check(sid, applicationSid === undefined);
        if (drift.length > 0)
          logger.warn({ applicationSid: sid, drift }, 'the TwiML App does not fit PUBLIC_URL: calls will fail');
      } catch (error) {
        logger.error({ err: error }, 'the Twilio account could not be checked');
      }
    },
  };
  return account;
}
