import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import type { Config } from '../../config.ts';
import { failed, ok, reasonOf, warning, type Finding } from './finding.ts';

const ANSWER_WITHIN_MS = 10_000;
const WHAT = 'PUBLIC_URL';

async function ask(url: string, init: RequestInit = {}): Promise<{ status: number; body: Record<string, unknown> }> {
  const answer = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
  const body = (await answer.json().catch(() => ({}))) as Record<string, unknown>;
  return { status: answer.status, body };
}

/** Signed as Twilio signs, and without the fields that would make it news: it is believed, and changes nothing. */
async function signedProbe({ accountSid, authTokens, publicUrl }: Config) {
  const url = `${publicUrl}/api/calls/webhook/status`;
  const fields = { AccountSid: accountSid };
  return ask(url, {
    method: 'POST',
    headers: { 'X-Twilio-Signature': getExpectedTwilioSignature(authTokens[0]!, url, fields) },
    body: new URLSearchParams(fields),
  });
}

/** Whether what answers at PUBLIC_URL, as seen from here, is this service and believes Twilio's signatures. */
export async function publicUrlFinding(config: Config, version: string): Promise<Finding> {
  const { publicUrl } = config;
  try {
    const health = await ask(`${publicUrl}/healthz`);
    if (health.body['status'] !== 'ok' || typeof health.body['version'] !== 'string') {
      return failed(
        WHAT,
        `${publicUrl} answers (${health.status}), but not as this service. Point proxy or tunnel to HOST and PORT of the service.`,
      );
    }
    const probe = await signedProbe(config);
    if (probe.body['code'] !== 'invalid-request') {
      const answer = `${probe.status} ${typeof probe.body['code'] === 'string' ? probe.body['code'] : ''}`.trim();
      return failed(
        WHAT,
        `The service there does not believe Twilio's signatures (${answer}). Give the running service the same PUBLIC_URL, TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN as here, and let the proxy change no path.`,
      );
    }
    if (health.body['version'] !== version) {
      return warning(
        WHAT,
        `Version ${health.body['version']} runs there, and this is ${version}. Restart the service after an update.`,
      );
    }
    return ok(WHAT, `${publicUrl} is this service, and Twilio's signatures fit it.`);
  } catch (error) {
    return failed(
      WHAT,
      `${publicUrl} cannot be reached from here (${reasonOf(error)}). Start the service, and check DNS, the certificate, proxy or tunnel.`,
    );
  }
}
