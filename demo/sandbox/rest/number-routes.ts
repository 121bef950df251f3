import { Hono } from 'hono';
import type { Account, IncomingNumber } from '../ports.ts';
import { API_VERSION } from '../switch/call-fields.ts';
import type { CredentialsEnv } from './credentials.ts';
import { page, restTime } from './paging.ts';

/** `/IncomingPhoneNumbers`: list. `/OutgoingCallerIds`: list; nobody has verified a number of another company here. */
export function numberRoutes({ accountSid, numbers }: Account): Hono<CredentialsEnv> {
  const started = restTime(new Date());
  return new Hono<CredentialsEnv>()
    .get('/IncomingPhoneNumbers.json', (c) => {
      const wanted = c.req.query('PhoneNumber');
      const found = [...numbers.values()].filter(({ phoneNumber }) => wanted === undefined || phoneNumber === wanted);
      return c.json(page(c, 'incoming_phone_numbers', found, (number) => numberResource(number, accountSid, started)));
    })
    .get('/OutgoingCallerIds.json', (c) => c.json(page(c, 'outgoing_caller_ids', [], () => ({}))));
}

function numberResource(number: IncomingNumber, accountSid: string, time: string): object {
  const { sid, phoneNumber, friendlyName, voiceUrl, voiceMethod, voiceFallbackUrl, statusCallback } = number;
  return {
    account_sid: accountSid,
    address_sid: null,
    address_requirements: 'none',
    api_version: API_VERSION,
    beta: false,
    bundle_sid: null,
    capabilities: { voice: true, sms: false, mms: false, fax: false },
    date_created: time,
    date_updated: time,
    emergency_address_sid: null,
    emergency_address_status: 'unregistered',
    emergency_status: 'Inactive',
    friendly_name: friendlyName,
    identity_sid: null,
    origin: 'twilio',
    phone_number: phoneNumber,
    sid,
    sms_application_sid: null,
    sms_fallback_method: 'POST',
    sms_fallback_url: null,
    sms_method: 'POST',
    sms_url: null,
    status: 'in-use',
    status_callback: statusCallback,
    status_callback_method: 'POST',
    trunk_sid: null,
    type: null,
    uri: `/${API_VERSION}/Accounts/${accountSid}/IncomingPhoneNumbers/${sid}.json`,
    voice_application_sid: null,
    voice_caller_id_lookup: false,
    voice_fallback_method: 'POST',
    voice_fallback_url: voiceFallbackUrl,
    voice_method: voiceMethod,
    voice_receive_mode: 'voice',
    voice_url: voiceUrl,
  };
}
