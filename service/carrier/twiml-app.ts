import type { Installation } from '../calls/installation.ts';
import { ServiceError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { errorCodeOf, type RestClient } from './rest-client.ts';
import { NEWS_DELIVERY, TWIML_DELIVERY } from './twiml.ts';

interface TwimlApp {
  sid: string;
  voice_url: string | null;
  voice_method: string | null;
  status_callback: string | null;
}

/** Name under which the SID of an app that we made is kept. */
const KEPT = 'twiml-app';

const withoutFragment = (url: string | null) => (url ?? '').split('#')[0]!;

function addresses(publicUrl: string): Record<string, string> {
  return {
    VoiceUrl: `${publicUrl}/api/calls/twiml/outbound${TWIML_DELIVERY}`,
    VoiceMethod: 'POST',
    VoiceFallbackUrl: `${publicUrl}/api/calls/twiml/fallback${TWIML_DELIVERY}`,
    VoiceFallbackMethod: 'POST',
    StatusCallback: `${publicUrl}/api/calls/webhook/status${NEWS_DELIVERY}`,
    StatusCallbackMethod: 'POST',
  };
}

/** What of the app does not fit this service, as sentences; empty when all does. */
export function driftOf(app: TwimlApp, publicUrl: string): string[] {
  const wanted = addresses(publicUrl);
  const drift: string[] = [];
  const voice = withoutFragment(wanted['VoiceUrl']!);
  const status = withoutFragment(wanted['StatusCallback']!);
  if (withoutFragment(app.voice_url) !== voice) {
    drift.push(`its Voice Request URL is ${withoutFragment(app.voice_url) || 'empty'}, and should be ${voice}`);
  }
  if (app.voice_method !== 'POST') drift.push('its Voice Request method should be HTTP POST');
  if (withoutFragment(app.status_callback) !== status) {
    drift.push(
      `its Status Callback URL is ${withoutFragment(app.status_callback) || 'empty'}, and should be ${status}`,
    );
  }
  return drift;
}

export interface TwimlAppOptions {
  rest: RestClient;
  installation: Installation;
  publicUrl: string;
  logger: Logger;
}

/** The TwiML App through which browsers place calls (Twilio: Applications resource). */
export function createTwimlApps({ rest, installation, publicUrl, logger }: TwimlAppOptions) {
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

    /** Finds the app of this installation, or makes it. To be called under a lease, by one node at a time. */
    async make(): Promise<string> {
      const name = `almasar-dialer/${await installation.id()}`;
      const found = (await (
        await asked('GET', `Applications.json?FriendlyName=${encodeURIComponent(name)}`)
      ).json()) as { applications: TwimlApp[] };
      const [own] = found.applications;
      const path = own ? `Applications/${own.sid}.json` : 'Applications.json';
      const answer = await asked('POST', path, { FriendlyName: name, ...addresses(publicUrl) });
      const { sid } = (await answer.json()) as TwimlApp;
      await installation.set(KEPT, sid);
      logger.info(
        { applicationSid: sid },
        'TWILIO_TWIML_APP_SID is not set: the TwiML App of this installation is used',
      );
      return sid;
    },

    /** Brings an app of ours to a new PUBLIC_URL; of one that was given, says what does not fit. */
    async check(applicationSid: string, ours: boolean): Promise<string[]> {
      const answer = await asked('GET', `Applications/${applicationSid}.json`);
      const drift = driftOf((await answer.json()) as TwimlApp, publicUrl);
      if (drift.length === 0 || !ours) return drift;
      await (await asked('POST', `Applications/${applicationSid}.json`, addresses(publicUrl))).body?.cancel();
      logger.info({ applicationSid, drift }, 'the TwiML App was brought to PUBLIC_URL');
      return [];
    },
  };
}
