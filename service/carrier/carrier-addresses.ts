import { NEWS_DELIVERY, TWIML_DELIVERY } from './delivery.ts';

/** What an account calls here, as whoever sets it up enters it: each with how Twilio shall deliver. */
export interface CarrierAddresses {
  /** Voice Request URL of the TwiML App. */
  outbound: string;
  /** Voice URL of a number. */
  inbound: string;
  /** Voice Fallback URL of both. */
  fallback: string;
  /** Status Callback URL of both. */
  status: string;
}

export interface AddressOptions {
  publicUrl: string;
  /** Undefined: the service's own. */
  voiceFallbackUrl: string | undefined;
}

export function carrierAddresses({ publicUrl, voiceFallbackUrl }: AddressOptions): CarrierAddresses {
  return {
    outbound: `${publicUrl}/api/calls/twiml/outbound${TWIML_DELIVERY}`,
    inbound: `${publicUrl}/api/calls/twiml/inbound${TWIML_DELIVERY}`,
    fallback: voiceFallbackUrl ?? `${publicUrl}/api/calls/twiml/fallback${TWIML_DELIVERY}`,
    status: `${publicUrl}/api/calls/webhook/status${NEWS_DELIVERY}`,
  };
}

/** The fragment is for Twilio alone: it is not sent. */
export const withoutFragment = (url: string | null) => (url ?? '').split('#')[0]!;

/** Whether Twilio asks this address again after an answer of 5xx (Webhooks: connection overrides); by default it does not. */
export function triesAgain(url: string): boolean {
  const overrides = new URLSearchParams(url.split('#')[1] ?? '');
  const when = (overrides.get('rp') ?? 'ct').split(',');
  return Number(overrides.get('rc') ?? 1) > 0 && (when.includes('5xx') || when.includes('all'));
}

/** `elsewhere`: it leads to another place, or nowhere. `once`: there, without a second try after an error. */
export function judgeAddress(given: string | null, wanted: string): 'fits' | 'elsewhere' | 'once' {
  if (withoutFragment(given) !== withoutFragment(wanted)) return 'elsewhere';
  return triesAgain(wanted) && !triesAgain(given!) ? 'once' : 'fits';
}
