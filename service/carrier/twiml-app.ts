import type { Installation } from '../calls/installation.ts';
import { ServiceError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { errorCodeOf, type RestClient } from './rest-client.ts';
import type { Held } from './alone.ts';
import { carrierAddresses, judgeAddress, withoutFragment, type AddressOptions } from './carrier-addresses.ts';

interface TwimlApp {
  sid: string;
  voice_url: string | null;
  voice_method: string | null;
  voice_fallback_url: string | null;
  status_callback: string | null;
}

/** Name under which the SID of an app that we made is kept. */
const KEPT = 'twiml-app';

function wantedOf(options: AddressOptions): Record<string, string> {
  const { outbound, fallback, status } = carrierAddresses(options);
  return {
    VoiceUrl: outbound,
    VoiceMethod: 'POST',
    VoiceFallbackUrl: fallback,
    VoiceFallbackMethod: 'POST',
    StatusCallback: status,
    StatusCallbackMethod: 'POST',
  };
}

/** What of an app does not fit, as sentences. */
export interface Drift {
  /** Calls do not work, or their end is not told. */
  failing: string[];
  /** Only when something goes wrong it shows. */
  risky: string[];
}

export function driftOf(app: TwimlApp, options: AddressOptions): Drift {
  const { outbound, fallback, status } = carrierAddresses(options);
  const drift: Drift = { failing: [], risky: [] };
  const addresses = [
    ['Voice Request URL', app.voice_url, outbound, drift.failing],
    ['Voice Fallback URL', app.voice_fallback_url, fallback, drift.risky],
    ['Status Callback URL', app.status_callback, status, drift.failing],
  ] as const;
  for (const [field, given, wanted, weight] of addresses) {
    const verdict = judgeAddress(given, wanted);
    const now = withoutFragment(given) || 'empty';
    if (verdict === 'elsewhere') weight.push(`its ${field} is ${now}, and should be ${wanted}`);
    if (verdict === 'once') {
      drift.risky.push(`its ${field} asks for no second try after an error: it should be ${wanted}`);
    }
  }
  if (app.voice_method !== 'POST') drift.failing.push('its Voice Request method should be HTTP POST');
  return drift;
}

export interface TwimlAppOptions extends AddressOptions {
  rest: RestClient;
  installation: Installation;
  logger: Logger;
}

/** The TwiML App through which browsers place calls (Twilio: Applications resource). */
export function createTwimlApps(options: TwimlAppOptions) {
  const { rest, installation, logger } = options;

  async function asked(...request: Parameters<RestClient['request']>): Promise<Response> {
    const answer = await rest.request(...request);
    if (answer.ok) return answer;
    const code = await errorCodeOf(answer);
    throw new ServiceError(
      'carrier-unreachable',
      `Token generation failed: Twilio answered ${answer.status} (${code ?? 'no code'}) for the TwiML App. Create one in the Twilio console and set TWILIO_TWIML_APP_SID.`,
    );
  }

  return {
    kept: () => installation.get(KEPT),

    /**
     * Finds the app of this installation, or makes it. To be called under a lease, by one node at a time. Undefined
     * when the lease was lost: another node is at it.
     */
    async make(held: Held): Promise<string | undefined> {
      const name = `almasar-dialer/${await installation.id()}`;
      const found = (await (
        await asked('GET', `Applications.json?FriendlyName=${encodeURIComponent(name)}`)
      ).json()) as { applications: TwimlApp[] };
      const [own] = found.applications;
      const path = own ? `Applications/${own.sid}.json` : 'Applications.json';
      const answer = await asked('POST', path, { FriendlyName: name, ...wantedOf(options) });
      const { sid } = (await answer.json()) as TwimlApp;
      if (!(await held.keep(KEPT, sid))) return undefined;
      logger.info(
        { applicationSid: sid },
        'TWILIO_TWIML_APP_SID is not set: the TwiML App of this installation is used',
      );
      return sid;
    },

    /** Brings an app of ours to its addresses; of one that was given, says what does not fit. */
    async check(applicationSid: string, ours: boolean): Promise<Drift> {
      const answer = await asked('GET', `Applications/${applicationSid}.json`);
      const drift = driftOf((await answer.json()) as TwimlApp, options);
      if (!ours || drift.failing.length + drift.risky.length === 0) return drift;
      await (await asked('POST', `Applications/${applicationSid}.json`, wantedOf(options))).body?.cancel();
      logger.info({ applicationSid, ...drift }, 'the TwiML App was brought to its addresses');
      return { failing: [], risky: [] };
    },
  };
}
