import { createCarrierContact } from '../../carrier/carrier-contact.ts';
import { createRestClient } from '../../carrier/rest-client.ts';
import { silentMetrics } from '../../calls/metrics.ts';
import type { Config } from '../../config.ts';
import { databasePlace } from '../../config/log.ts';
import { peekInstallation, type Kept } from '../../storage/peek.ts';
import { appFinding, keyFinding, numberFindings } from './account-findings.ts';
import { failed, ok, reasonOf, warning, type Finding } from './finding.ts';
import { publicUrlFinding } from './public-url-finding.ts';

const CLOCK_WARNING_SECONDS = 60;
const CLOCK_LIMIT_SECONDS = 300;

async function databaseFinding({ databaseUrl }: Config): Promise<{ finding: Finding; kept: Kept }> {
  const place = databasePlace(databaseUrl);
  try {
    const kept = await peekInstallation(databaseUrl);
    const text = kept ? `${place} answers.` : `${place} can be had; its tables are made at the first start.`;
    return { finding: ok('database', text), kept: kept ?? new Map() };
  } catch (error) {
    const text = `${place} cannot be used (${reasonOf(error)}). Check DATABASE_URL, and that this user may write there.`;
    return { finding: failed('database', text), kept: new Map() };
  }
}

function clockFinding(aheadMs: number): Finding {
  const seconds = Math.round(aheadMs / 1000);
  const apart = `This machine's clock is ${Math.abs(seconds)} s ${seconds < 0 ? 'behind' : 'ahead of'} Twilio's`;
  if (seconds === 0) return ok('clock', "This machine's clock agrees with Twilio's.");
  const remedy = 'Let it be set by NTP (timedatectl set-ntp true).';
  if (Math.abs(seconds) > CLOCK_LIMIT_SECONDS) return failed('clock', `${apart}: tokens are refused. ${remedy}`);
  if (Math.abs(seconds) > CLOCK_WARNING_SECONDS) return warning('clock', `${apart}. ${remedy}`);
  return ok('clock', `${apart}.`);
}

/** Looks at everything that a call needs, and changes nothing. `version`: of this program. */
export async function* diagnose(config: Config, version: string): AsyncGenerator<Finding> {
  const { accountSid, authTokens, apiKey, apiSecret, applicationSid } = config;
  const { finding, kept } = await databaseFinding(config);
  yield finding;

  const contact = createCarrierContact(() => new Date(), silentMetrics);
  const client = (user: string, password: string) =>
    createRestClient({ baseUrl: config.carrierBaseUrl, accountSid, credentials: () => ({ user, password }), contact });
  const account = client(accountSid, authTokens[0]!);
  let reached = true;
  for await (const each of numberFindings(account, config)) {
    reached &&= each.what !== 'account' || each.status === 'ok';
    yield each;
  }
  if (reached) {
    if (apiKey !== undefined && apiSecret !== undefined) yield await keyFinding(client(apiKey, apiSecret));
    else if (kept.has('api-key')) yield ok('API key', 'The service made one, and keeps it encrypted in the database.');
    else yield ok('API key', 'None is set: the service makes one at its first start.');
    const sid = applicationSid ?? kept.get('twiml-app');
    if (sid === undefined) yield ok('TwiML App', 'None is set: the service makes one at its first start.');
    else yield await appFinding(account, sid, config, applicationSid === undefined);
  }
  const ahead = contact.clockAhead();
  if (ahead !== undefined) yield clockFinding(ahead);
  yield await publicUrlFinding(config, version);
}
