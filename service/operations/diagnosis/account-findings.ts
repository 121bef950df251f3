import { errorCodeOf, type RestClient } from '../../carrier/rest-client.ts';
import { carrierAddresses, judgeAddress, withoutFragment } from '../../carrier/carrier-addresses.ts';
import { driftOf } from '../../carrier/twiml-app.ts';
import type { Config } from '../../config.ts';
import { failed, ok, reasonOf, warning, type Finding } from './finding.ts';

const CONSOLE = 'Twilio console';

interface AccountNumber {
  phone_number: string;
  voice_url: string | null;
  voice_method: string | null;
  voice_fallback_url: string | null;
  status_callback: string | null;
}

/** All pages of a list; the status and code of an answer that is not 2xx. */
async function listed<T>(rest: RestClient, resource: string, key: string): Promise<T[] | string> {
  const items: T[] = [];
  for (let path: string | undefined = `${resource}.json?PageSize=1000`; path !== undefined;) {
    const answer = await rest.request('GET', path);
    if (!answer.ok) return `${answer.status}, ${(await errorCodeOf(answer)) ?? 'no code'}`;
    const page = (await answer.json()) as Record<string, unknown>;
    items.push(...((page[key] as T[] | undefined) ?? []));
    const next = page['next_page_uri'];
    path = typeof next === 'string' ? next.split(/\/Accounts\/AC\w+\//)[1] : undefined;
  }
  return items;
}

function numberFinding({ phone_number: number, ...given }: AccountNumber, config: Config): Finding {
  const what = `number ${number}`;
  const { inbound, fallback, status } = carrierAddresses(config);
  const setTo = (field: string, url: string) => `In the ${CONSOLE}, this number: “${field}” = ${url} (HTTP POST).`;
  const [comesIn, fails, changes] = ['A call comes in', 'Primary handler fails', 'Call status changes'] as const;
  if (judgeAddress(given.voice_url, inbound) === 'elsewhere') {
    const now = withoutFragment(given.voice_url) || 'nothing';
    return warning(
      what,
      `Customers who call it do not reach the agents: its Voice URL is ${now}. ${setTo(comesIn, inbound)}`,
    );
  }
  if (given.voice_method !== 'POST') {
    return failed(
      what,
      `Customers who call it hear an error: it asks by ${given.voice_method}. ${setTo(comesIn, inbound)}`,
    );
  }
  if (judgeAddress(given.status_callback, status) === 'elsewhere') {
    return failed(what, `Calls that a customer gives up early stay open in the log. ${setTo(changes, status)}`);
  }
  const risky = [
    [comesIn, given.voice_url, inbound],
    [changes, given.status_callback, status],
    [fails, given.voice_fallback_url, fallback],
  ] as const;
  const remedies = risky.filter(([, now, wanted]) => judgeAddress(now, wanted) !== 'fits');
  if (remedies.length > 0) {
    const remedy = remedies.map(([field, , wanted]) => setTo(field, wanted)).join(' ');
    return warning(what, `Its calls come here, and Twilio knows no second way when an answer fails. ${remedy}`);
  }
  return ok(what, 'Its calls come here, and how they end is told.');
}

/** The account's numbers, asked for with its auth token. */
export async function* numberFindings(rest: RestClient, config: Config): AsyncGenerator<Finding> {
  const { callerIds } = config;
  let incoming: AccountNumber[] | string;
  try {
    incoming = await listed<AccountNumber>(rest, 'IncomingPhoneNumbers', 'incoming_phone_numbers');
  } catch (error) {
    yield failed(
      'account',
      `${config.carrierBaseUrl} cannot be reached from here (${reasonOf(error)}). Check the network, a proxy, the firewall.`,
    );
    return;
  }
  if (typeof incoming === 'string') {
    yield failed(
      'account',
      `Twilio refused the account's auth token (${incoming}). Copy TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN anew from the first page of the ${CONSOLE}.`,
    );
    return;
  }
  yield ok('account', 'Twilio knows TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.');
  const verified = await listed<AccountNumber>(rest, 'OutgoingCallerIds', 'outgoing_caller_ids');
  const mayBeShown = new Set(
    [...incoming, ...(typeof verified === 'string' ? [] : verified)].map((each) => each.phone_number),
  );
  for (const number of callerIds) {
    if (mayBeShown.has(number)) continue;
    yield failed(
      `caller ID ${number}`,
      `It is no number of this account, so Twilio refuses calls with it. Buy or verify it in the ${CONSOLE}, or take it out of TWILIO_CALLER_ID.`,
    );
  }
  const { fallbackNumber } = config;
  if (incoming.some((each) => each.phone_number === fallbackNumber)) {
    yield failed(
      `fallback number ${fallbackNumber}`,
      'It is a number of this account: a call to it would come back in, so it is not rung. Set INBOUND_FALLBACK_NUMBER to another telephone.',
    );
  }
  for (const number of incoming.filter(({ phone_number: each }) => callerIds.includes(each))) {
    yield numberFinding(number, config);
  }
}

/** The API key that was given, asked with itself. */
export async function keyFinding(rest: RestClient): Promise<Finding> {
  const answer = await rest.request('GET', 'Applications.json?PageSize=1');
  await answer.body?.cancel();
  if (answer.ok) return ok('API key', 'Twilio accepts TWILIO_API_KEY with TWILIO_API_SECRET.');
  return failed(
    'API key',
    `Twilio refused it (${answer.status}). Make an API key of type Standard in the ${CONSOLE} and set TWILIO_API_KEY and TWILIO_API_SECRET; or leave both empty, and the service makes one.`,
  );
}

/** The TwiML App, against PUBLIC_URL. */
export async function appFinding(
  rest: RestClient,
  applicationSid: string,
  config: Config,
  ours: boolean,
): Promise<Finding> {
  const answer = await rest.request('GET', `Applications/${applicationSid}.json`);
  if (!answer.ok) {
    await answer.body?.cancel();
    return failed(
      'TwiML App',
      `Twilio has none with the SID ${applicationSid} (${answer.status}). Set TWILIO_TWIML_APP_SID to one of this account, or leave it empty, and the service makes one.`,
    );
  }
  const { failing, risky } = driftOf((await answer.json()) as Parameters<typeof driftOf>[0], config);
  const drift = [...failing, ...risky];
  if (drift.length === 0) return ok('TwiML App', 'Its addresses are those of PUBLIC_URL.');
  const remedy = ours
    ? 'The service brings it there when it starts.'
    : `Change it in the ${CONSOLE}, “TwiML Apps”, or correct PUBLIC_URL.`;
  return (ours || failing.length === 0 ? warning : failed)('TwiML App', `${drift.join('; ')}. ${remedy}`);
}
