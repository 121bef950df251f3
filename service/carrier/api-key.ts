import type { Installation } from '../calls/installation.ts';
import { ServiceError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Held } from './alone.ts';
import type { CarrierContact } from './carrier-contact.ts';
import { createRestClient, errorCodeOf, type RestClient } from './rest-client.ts';
import { seal, unseal } from './sealed-secret.ts';

/** An API key of type Standard: signs access tokens and asks the REST API. */
export interface ApiKey {
  apiKey: string;
  apiSecret: string;
}

export interface ApiKeyOptions {
  baseUrl: string;
  accountSid: string;
  /** Primary first. */
  authTokens: readonly string[];
  installation: Installation;
  logger: Logger;
  contact?: CarrierContact;
}

/** Name under which the key is kept. */
const KEPT = 'api-key';
/** A key is new for the carrier, too: it may be refused for a moment. */
const PROVE_ATTEMPTS = 5;
const PROVE_AGAIN_MS = 1000;

interface Listed {
  keys: { sid: string; friendly_name: string | null }[];
  next_page_uri: string | null;
}

function failed(reason: string): ServiceError {
  return new ServiceError(
    'carrier-unreachable',
    `Token generation failed: ${reason} Check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN; or create an API key of type Standard in the Twilio console and set TWILIO_API_KEY and TWILIO_API_SECRET.`,
  );
}

/** Asks, and turns whatever is no success into a sentence. */
async function asked(rest: RestClient, ...request: Parameters<RestClient['request']>): Promise<Response> {
  const answer = await rest.request(...request).catch((error: unknown) => {
    throw failed(`Twilio cannot be reached (${error instanceof Error ? error.message : String(error)}).`);
  });
  if (answer.ok) return answer;
  const code = await errorCodeOf(answer);
  throw failed(`Twilio refused the account's auth token (${answer.status}, ${code ?? 'no code'}).`);
}

/**
 * The API key of an installation that was given none: the account's auth token makes one, once, and it is kept sealed
 * in the database for all nodes (Twilio: only API keys sign access tokens; the auth token does not). To be called under
 * a lease, by one node at a time.
 */
export function createOwnApiKey(options: ApiKeyOptions) {
  const { accountSid, authTokens, installation, logger } = options;
  const account = createRestClient({ ...options, credentials: () => ({ user: accountSid, password: authTokens[0]! }) });

  async function kept(): Promise<ApiKey | undefined> {
    const text = await installation.get(KEPT);
    if (text === undefined) return undefined;
    const { sid, sealed } = JSON.parse(text) as { sid: string; sealed: string };
    const id = await installation.id();
    const secret = authTokens.map((token) => unseal(sealed, token, id)).find((each) => each !== undefined);
    return secret === undefined ? undefined : { apiKey: sid, apiSecret: secret };
  }

  async function remove(sid: string): Promise<void> {
    const answer = await account.request('DELETE', `Keys/${sid}.json`).catch(() => undefined);
    await answer?.body?.cancel();
    logger.info({ apiKey: sid, deleted: answer?.ok === true || answer?.status === 404 }, 'orphaned API key');
  }

  /** Keys that were made and never kept (a node died in between), and one that cannot be opened any more. */
  async function deleteOrphans(name: string): Promise<void> {
    let path: string | null = 'Keys.json?PageSize=1000';
    const orphans: string[] = [];
    while (path !== null) {
      const page = (await (await asked(account, 'GET', path)).json()) as Listed;
      orphans.push(...page.keys.filter((key) => key.friendly_name === name).map((key) => key.sid));
      path = page.next_page_uri?.split(`/Accounts/${accountSid}/`)[1] ?? null;
    }
    for (const sid of orphans) await remove(sid);
  }

  /** False only when the carrier says that there is no such key any more. */
  async function exists(sid: string): Promise<boolean> {
    const answer = await account.request('GET', `Keys/${sid}.json`).catch(() => undefined);
    await answer?.body?.cancel();
    return answer?.status !== 404;
  }

  /** Waits until the carrier takes the key; false when the lease was lost: whoever has it now deletes the key. */
  async function prove({ apiKey, apiSecret }: ApiKey, held: Held): Promise<boolean> {
    const rest = createRestClient({ ...options, credentials: () => ({ user: apiKey, password: apiSecret }) });
    for (let attempt = 1; ; attempt += 1) {
      const answer = await rest.request('GET', 'Applications.json?PageSize=1').catch(() => undefined);
      await answer?.body?.cancel();
      if (answer?.ok) return true;
      if (!(await held.isHeld())) return false;
      if (attempt === PROVE_ATTEMPTS) throw failed('the API key that was made just now is not accepted.');
      await new Promise((resolve) => setTimeout(resolve, PROVE_AGAIN_MS));
    }
  }

  /** Undefined when the lease was lost: another node makes one. */
  async function make(held: Held): Promise<ApiKey | undefined> {
    const id = await installation.id();
    const name = `almasar-dialer/${id}`;
    await deleteOrphans(name);
    const made = await asked(account, 'POST', 'Keys.json', { FriendlyName: name });
    const { sid, secret } = (await made.json()) as { sid: string; secret: string };
    const key = { apiKey: sid, apiSecret: secret };
    const sealed = JSON.stringify({ sid, sealed: seal(secret, authTokens[0]!, id) });
    if (!(await prove(key, held)) || !(await held.keep(KEPT, sealed))) {
      await remove(sid);
      return undefined;
    }
    logger.info({ apiKey: sid }, 'TWILIO_API_KEY is not set: an API key was created and is kept encrypted');
    return key;
  }

  return { kept, make, exists };
}
